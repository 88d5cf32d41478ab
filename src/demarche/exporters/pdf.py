class PDFBriefing:
    pass
