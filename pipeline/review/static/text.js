// The article: where a selection lies. The page counts code points, the browser UTF-16; this file is the boundary.

const text = () => document.getElementById("text");
const pieces = () => Array.from(text().querySelectorAll("[data-start]"));
const count = (string) => Array.from(string).length;
const start = (piece) => Number(piece.dataset.start);

// Code-point offset of a point in the document, or null where it is not in the article.
function place(node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("#text [data-start]");
  if (piece) {
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? piece.textContent : "";
    return start(piece) + count(before);
  }
  if (node === text()) {
    const after = node.childNodes[offset];
    if (after) return start(after);
    const last = pieces().at(-1);
    return start(last) + count(last.textContent);
  }
  return null;
}

// The point in the document of a code-point offset: [text node, UTF-16 offset].
function toPlace(offset) {
  const all = pieces();
  const piece = all.findLast((one) => start(one) <= offset) ?? all[0];
  const letters = Array.from(piece.textContent);
  const within = letters.slice(0, offset - start(piece)).join("").length;
  return [piece.firstChild, Math.min(within, piece.textContent.length)];
}

// What is selected in the article, in code points, half-open; null for nothing.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text())) return null;
  const inside = document.createRange();
  inside.selectNodeContents(text());
  const [from, to] = [range.cloneRange(), range.cloneRange()];
  if (from.compareBoundaryPoints(Range.START_TO_START, inside) < 0) from.setStart(text(), 0);
  if (to.compareBoundaryPoints(Range.END_TO_END, inside) > 0) to.setEnd(text(), text().childNodes.length);
  const begin = place(from.startContainer, from.startOffset);
  const end = place(to.endContainer, to.endOffset);
  return begin === null || end === null || begin >= end ? null : { start: begin, end };
}

// Labels over the slots. They lie in a layer of their own: anything between the letters would break their joining.
function showLabels() {
  const layer = document.getElementById("labels");
  if (!layer) return;
  const base = layer.parentElement.getBoundingClientRect();
  const right = getComputedStyle(text()).direction === "rtl";
  const labels = [];
  for (const piece of text().querySelectorAll("[data-labels]")) {
    const box = piece.getClientRects()[0];
    if (!box) continue;
    const label = document.createElement("span");
    label.textContent = piece.dataset.labels;
    label.style.top = `${box.top - base.top}px`;
    if (right) label.style.right = `${Math.max(0, base.right - box.right)}px`;
    else label.style.left = `${Math.max(0, box.left - base.left)}px`;
    labels.push(label);
  }
  layer.replaceChildren(...labels);
  let last = null;
  for (const label of labels) {
    label.style.marginTop = `${-label.offsetHeight * 0.72}px`;
    // Two short words side by side: the second label goes on where the first one ends.
    const side = right ? "right" : "left";
    const end = last && last.style.top === label.style.top ? parseFloat(last.style[side]) + last.offsetWidth + 1 : 0;
    if (end > parseFloat(label.style[side])) label.style[side] = `${end}px`;
    last = label;
  }
}

// Bring the sentence of the record into view, within the article only.
function showSentence() {
  const scroll = document.getElementById("scroll");
  const first = text().querySelector(".is-trigger") ?? text().querySelector(".here");
  if (!first) return;
  const offset = first.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  scroll.scrollTop += offset - scroll.clientHeight / 3;
}

// Selecting by keys: a caret that goes word by word, or letter by letter with Ctrl, and selects with Shift.
const caret = {
  active: false,
  from: 0,
  to: 0,
  begin() {
    const now = selected();
    const trigger = text().querySelector(".is-trigger") ?? pieces()[0];
    this.active = true;
    [this.from, this.to] = now ? [now.start, now.end] : this.word(start(trigger), 0);
    document.getElementById("scroll").focus({ preventScroll: true });
    this.show();
  },
  end() {
    this.active = false;
    getSelection().removeAllRanges();
  },
  // After the card was drawn anew.
  restore() {
    if (this.active) this.show();
  },
  letters() {
    const all = pieces();
    return { first: start(all[0]), letters: Array.from(all.map((piece) => piece.textContent).join("")) };
  },
  // The word at, after (1) or before (-1) an offset: [start, end].
  word(offset, direction) {
    const { first, letters } = this.letters();
    const blank = (at) => /\s/u.test(letters[at]);
    let at = offset - first;
    if (direction > 0) {
      while (at < letters.length && !blank(at)) at += 1;
      while (at < letters.length && blank(at)) at += 1;
    } else if (direction < 0) {
      while (at > 0 && !blank(at - 1)) at -= 1;
      while (at > 0 && blank(at - 1)) at -= 1;
    }
    if (at >= letters.length) at = letters.length - 1;
    let [low, high] = [at, at];
    while (low > 0 && !blank(low - 1)) low -= 1;
    while (high < letters.length && !blank(high)) high += 1;
    if (direction < 0) while (low > 0 && !blank(low - 1)) low -= 1;
    return [first + low, first + high];
  },
  // Whether the key was for the caret.
  key(event) {
    const forward = { ArrowLeft: 1, ArrowRight: -1, ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (!forward) return false;
    if (event.ctrlKey) this.byLetter(forward, event.shiftKey);
    else if (event.shiftKey) this.byWord(forward);
    else {
      const times = event.code === "ArrowDown" || event.code === "ArrowUp" ? 6 : 1;
      for (let n = 0; n < times; n += 1) [this.from, this.to] = this.word(forward > 0 ? this.to - 1 : this.from, forward);
    }
    this.show();
    return true;
  },
  byWord(forward) {
    if (forward > 0) this.to = Math.max(this.to, this.word(this.to - 1, 1)[1]);
    else if (this.word(this.to - 1, 0)[0] > this.from) {
      const before = this.word(this.word(this.to - 1, 0)[0], -1)[1];
      this.to = Math.max(before, this.from + 1);
    }
  },
  // Ctrl moves the beginning (clitics are left off), Ctrl and Shift the end.
  byLetter(forward, end) {
    const { first, letters } = this.letters();
    if (end) this.to = Math.min(Math.max(this.to + forward, this.from + 1), first + letters.length);
    else this.from = Math.min(Math.max(this.from + forward, first), this.to - 1);
  },
  show() {
    const [from, to] = [toPlace(this.from), toPlace(this.to)];
    getSelection().setBaseAndExtent(...from, ...to);
    const scroll = document.getElementById("scroll");
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    const frame = scroll.getBoundingClientRect();
    if (box.top < frame.top) scroll.scrollTop -= frame.top - box.top + 40;
    if (box.bottom > frame.bottom) scroll.scrollTop += box.bottom - frame.bottom + 40;
  },
};

export { caret, selected, showLabels, showSentence };
