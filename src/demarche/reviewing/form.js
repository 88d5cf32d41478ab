// The form: draws what lies on the desk, keeps a draft of the answer, and sends it. All text is set as text.

const KEYS = [
  ["a", "accept"], ["r", "reject"], ["u", "undo"], ["j", "next"], ["k", "back"], ["e", "edit"],
  ["c", "comment"], ["[ ]", "widen"], ["{ }", "narrow"], ["n", "add missed"], ["d", "this text / all"],
];
const KEYS_NEW = [
  ["a", "save"], ["← →", "move by a word"], ["[ ]", "widen"], ["{ }", "narrow"], ["↑ ↓", "paragraph"],
  ["v", "another kind"], ["e", "fields"], ["u", "undo"], ["Esc", "back to the questions"],
];

function node(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// Words with their places in code points, as Python counts them.
function wordsOf(paragraph, first) {
  const words = [];
  let at = first;
  for (const piece of paragraph.split(/(\s+)/u)) {
    const length = Array.from(piece).length;
    if (piece) words.push({ text: piece, start: at, end: at + length, blank: !piece.trim() });
    at += length;
  }
  return words;
}

function render({ model, el }) {
  const root = node("div", { className: "dm-form", tabIndex: 0 });
  root.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab's own keys rest in here
  root.setAttribute("role", "application");
  root.setAttribute("aria-label", "Review of proposals");
  el.append(root);
  let draft, words, timer, waiting = [], busy = false;

  const view = () => model.get("view");

  function send(message) {
    busy = true;
    timer = setTimeout(() => say("The kernel does not answer. What was decided so far is kept.", true), 5000);
    model.send(message);
  }

  function start() {
    const question = view().question;
    draft = question && {
      ...question, fields: structuredClone(question.fields), was: question.fields, picked: null,
    };
    words = question ? wordsOf(question.paragraph, question.first) : [];
  }

  function answer(deed, all) {
    const { id, layer, doc_id, start, end, fields, note } = draft;
    if (draft.is_new) {
      if (deed === "accept") send({ do: "add", layer, doc_id, start, end, fields, note });
      return;
    }
    if (draft.decision && deed === "reject") send({ do: "reject", id, note });
    else send({ do: deed, id, all, note, ...(deed === "accept" ? { fields, start, end } : {}) });
  }

  // Move an end of the range by a word: `side` start or end, `by` -1 or 1.
  function stretch(side, by) {
    const real = words.filter((word) => !word.blank);
    if (side === "start") {
      const at = real.findIndex((word) => word.end > draft.start);
      const next = real[at + by];
      if (next && next.start < draft.end) draft.start = next.start;
    } else {
      const at = real.findLastIndex((word) => word.start < draft.end);
      const next = real[at + by];
      if (next && next.end > draft.start) draft.end = next.end;
    }
  }

  function walk(by) {
    const real = words.filter((word) => !word.blank);
    const at = real.findIndex((word) => word.end > draft.start);
    const next = real[at + by];
    if (next) [draft.start, draft.end] = [next.start, next.end];
  }

  // The words that are selected with the mouse, as a range.
  function selection() {
    const chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || !root.contains(chosen.anchorNode)) return null;
    const spans = [...root.querySelectorAll(".dm-text span")].filter(
      (span) => chosen.containsNode(span, true) && span.textContent.trim());
    if (!spans.length) return null;
    return [Number(spans[0].dataset.start), Number(spans.at(-1).dataset.end)];
  }

  function toNew() {
    const range = selection() || (draft ? [draft.start, draft.end] : null);
    if (!range) return send({ do: "read" });
    draft = { ...draft, is_new: true, id: "", decision: "", note: "", why: [], same: 0, alike: 0, confidence: null };
    [draft.start, draft.end] = range;
    draft.was = draft.fields;
    draft.fields = structuredClone(draft.fields);
    window.getSelection()?.removeAllRanges();
    draw();
  }

  // What is added becomes one of the next kind.
  function turn() {
    const names = Object.keys(view().kinds);
    draft.layer = names[(names.indexOf(draft.layer) + 1) % names.length];
    draft.was = view().kinds[draft.layer].blank;
    draft.fields = structuredClone(draft.was);
  }

  function onKey(key) {
    if (!draft && !["u", "k"].includes(key)) return;
    const local = {
      "[": () => stretch("start", -1), "]": () => stretch("end", 1),
      "{": () => stretch("start", 1), "}": () => stretch("end", -1),
      v: () => draft.is_new && turn(),
      ArrowLeft: () => draft.is_new && walk(-1), ArrowRight: () => draft.is_new && walk(1),
    };
    const sent = {
      a: () => answer("accept"), r: () => answer("reject"),
      A: () => answer("accept", true), R: () => answer("reject", true),
      u: () => send({ do: "undo" }),
      j: () => send({ do: "go", by: 1 }), k: () => send({ do: "go", by: -1 }),
      d: () => send({ do: "document", name: view().document ? "" : draft.doc_id }),
      n: toNew, ArrowUp: () => draft.is_new && send({ do: "read", by: -1 }),
      ArrowDown: () => draft.is_new && send({ do: "read", by: 1 }),
      Escape: () => draft.is_new && send({ do: "go", by: 0 }),
      e: () => root.querySelector(".dm-fields select, .dm-fields input")?.focus(),
      c: () => root.querySelector(".dm-note input")?.focus(),
    };
    if (local[key]) {
      local[key]();
      draw();
    } else if (sent[key]) sent[key]();
    else return false;
    return true;
  }

  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const inField = event.target.matches("input, select");
    if (inField) {
      if (event.key === "Escape" || event.key === "Enter") {
        event.preventDefault();
        if (event.target.name === "note" && event.key === "Enter" && !draft.decision && !draft.is_new)
          send({ do: "comment", id: draft.id, note: draft.note });
        root.focus();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return;
    if (busy) waiting.push(event.key);
    else if (!onKey(event.key)) return;
    event.preventDefault();
  });

  function control(name) {
    const value = draft.fields[name];
    const { label, list: isList, wide, values: known, used } = view().fields[name];
    let made;
    if (known.length && !isList) {
      made = node("select", { name });
      if (!known.some(([id]) => id === value)) made.append(new Option(value, value));
      for (const [id, named] of known) made.append(new Option(named === id ? id : `${named} (${id})`, id));
      made.value = value;
    } else made = node("input", { name, value: isList ? value.join("; ") : value });
    const changed = () => JSON.stringify(draft.fields[name]) !== JSON.stringify(draft.was[name]);
    made.className = changed() ? "dm-changed" : "";
    made.addEventListener("input", () => {
      draft.fields[name] = isList ? made.value.split(";").map((id) => id.trim()).filter(Boolean) : made.value;
      made.className = changed() ? "dm-changed" : "";
    });
    const whole = node("label", { className: wide ? "dm-wide" : "" }, label, made);
    if (used.length) {
      made.setAttribute("list", `dm-used-${name}`);
      whole.append(node("datalist", { id: `dm-used-${name}` }, ...used.map((text) => new Option(text, text))));
    }
    return whole;
  }

  function passage() {
    const made = node("div", { className: "dm-text" });
    for (const word of words) {
      const inside = word.start < draft.end && word.end > draft.start;
      const pieces = inside ? cut(word) : [[word.text, word.start, word.end, false]];
      for (const [text, from, to, marked] of pieces) {
        const span = node("span", { textContent: text, className: marked ? "dm-in" : "" });
        span.dataset.start = from;
        span.dataset.end = to;
        made.append(span);
      }
    }
    return made;
  }

  // A word of which a part may lie outside the range (a quotation mark, a full stop).
  function cut(word) {
    const letters = Array.from(word.text);
    const from = Math.max(draft.start, word.start) - word.start;
    const to = Math.min(draft.end, word.end) - word.start;
    const parts = [[0, from, false], [from, to, true], [to, letters.length, false]];
    return parts.filter(([low, high]) => high > low).map(([low, high, marked]) =>
      [letters.slice(low, high).join(""), word.start + low, word.start + high, marked]);
  }

  function bar(state) {
    const [changed, cells] = state.moved;
    const made = node("div", { className: "dm-bar" },
      node("b", { textContent: state.title }),
      node("span", { textContent: `${state.done} decided · ${state.left} left` }),
      node("span", { textContent: `${changed} of ${cells} stances changed` }),
      node("span", { className: "dm-end", textContent: `coder: ${state.coder}` }));
    return made;
  }

  // Which text is worked on, and where the open passage stands.
  function source(state) {
    const made = node("div", { className: "dm-source" }, node("span", { textContent: draft?.source ?? "" }));
    const chosen = node("select", { title: "Which text" }, new Option("all texts, what pays first", ""));
    for (const [id, label] of state.documents) chosen.append(new Option(label, id));
    chosen.value = state.document;
    chosen.addEventListener("change", () => { send({ do: "document", name: chosen.value }); root.focus(); });
    const asked = node("select", { title: "Which kinds" }, new Option("all kinds", ""));
    for (const name of Object.keys(state.kinds)) asked.append(new Option(`${name} only`, name));
    if (state.asked.length > 1) asked.append(new Option(state.asked.join(", then "), state.asked.join(" ")));
    asked.value = state.asked.join(" ");
    asked.addEventListener("change", () => {
      send({ do: "kinds", names: asked.value.split(" ").filter(Boolean) });
      root.focus();
    });
    made.append(node("span", { className: "dm-which" }, asked, chosen));
    return made;
  }

  function about() {
    const { noun } = view().kinds[draft.layer];
    const parts = [draft.is_new ? `add ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}` : noun];
    if (draft.confidence !== null) parts.push(`the reader is ${Math.round(draft.confidence * 100)} % sure`);
    if (draft.decision) parts.push(`you have ${draft.decision} this`);
    parts.push(...draft.why);
    const made = node("div", { className: "dm-why", textContent: parts.join(" · ") });
    const reprints = draft.same === 1 ? "a reprint has" : `${draft.same} reprints have`;
    if (draft.same) made.append(` · ${reprints} the same words: one answer for all`);
    if (draft.alike) made.append(` · ${draft.alike} more say nearly the same: A accepts all, R rejects all`);
    return made;
  }

  function foot() {
    const made = node("div", { className: "dm-foot" });
    for (const [keys, label] of draft?.is_new ? KEYS_NEW : KEYS) {
      const button = node("button", { tabIndex: -1 }, node("kbd", { textContent: keys }), label);
      const key = { "← →": "ArrowRight", "↑ ↓": "ArrowDown", "[ ]": "]", "{ }": "}", Esc: "Escape" }[keys] || keys;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => { if (!busy) onKey(key); });
      made.append(button);
    }
    return made;
  }

  function say(text, wrong) {
    const line = root.querySelector(".dm-said");
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("dm-wrong", Boolean(wrong));
  }

  function draw() {
    const state = view();
    const share = state.done + state.left ? (100 * state.done) / (state.done + state.left) : 0;
    const meter = node("div", { className: "dm-meter" }, node("div", {}));
    meter.firstChild.style.width = `${share}%`;
    const parts = [bar(state), meter, source(state)];
    if (draft) {
      const note = node("input", { name: "note", value: draft.note, placeholder: "Comment" });
      note.addEventListener("input", () => { draft.note = note.value; });
      parts.push(
        passage(), about(),
        node("div", { className: "dm-fields" }, ...Object.keys(draft.fields).map(control)),
        node("div", { className: "dm-note" }, note));
    }
    const said = node("div", { className: "dm-said" });
    said.setAttribute("aria-live", "polite");
    root.replaceChildren(...parts, said, foot());
    const broken = state.problems.length ? `${state.problems.length} earlier row(s) cannot be read: ${state.problems[0]}` : "";
    say(state.said || broken, !state.said && broken);
    const text = root.querySelector(".dm-text"), marked = root.querySelector(".dm-in");
    if (marked) text.scrollTop = Math.max(0, marked.offsetTop - text.offsetTop - text.clientHeight / 3);
  }

  model.on("change:view", () => {
    clearTimeout(timer);
    const hadFocus = root.contains(document.activeElement);
    busy = false;
    if (!view().stays || !draft) start(); // what was refused is there to be mended
    draw();
    if (hadFocus) root.focus({ preventScroll: true });
    while (waiting.length && !busy) onKey(waiting.shift());
  });
  start();
  draw();
  requestAnimationFrame(() => root.focus({ preventScroll: true }));
}

export default { render };
