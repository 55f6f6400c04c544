// The review page: what keys and buttons do. Drafts are edited on the server; this only says what was selected.
import { caret, selected, showLabels, showSentence } from "./text.js";

const config = JSON.parse(document.getElementById("config").textContent);
const texts = config.texts;
const csrf = document.querySelector("meta[name=csrf]").content;
const actions = new Map(Object.entries(config.keys).map(([name, [code]]) => [code, name]));
const SLOTS = ["actors", "targets", "places", "time", "attribution", "trigger"];
const $ = (id) => document.getElementById(id);
const work = () => $("work");
const isCard = () => Boolean(work()?.dataset.kind);

function say(text, wrong = false) {
  $("status").textContent = text;
  $("status").classList.toggle("wrong", wrong);
}

function nonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return "d_" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function post(path, data) {
  const answer = await fetch(`${path}?${config.query}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrf-token": csrf },
    body: JSON.stringify(data),
  });
  if (answer.ok) return answer;
  const kind = answer.headers.get("content-type") ?? "";
  const told = kind.includes("json") ? (await answer.json()).error : await answer.text();
  const error = new Error(told);
  error.status = answer.status;
  throw error;
}

// One thing after the other: an edit is done before the decision that follows it is sent.
let queue = Promise.resolve();
let leaving = false;
function inTurn(job) {
  queue = queue.then(async () => {
    if (leaving) return;
    try {
      await job();
    } catch (error) {
      if (error.status === 409 && isCard() && work().dataset.kind === "record") {
        sessionStorage.setItem("waqai-say", error.message);
        location.reload();
        return;
      }
      say(`${texts.not_saved}: ${error.message}`, true);
    }
  });
  return queue;
}

function go(address) {
  leaving = true;
  location.assign(address);
}

const draft = () => JSON.parse($("draft").textContent);

function edit(change) {
  return inTurn(async () => {
    const { record, seen, article, back } = work().dataset;
    const answer = await post("/edit", {
      record, seen, article, back, edit: change, draft: draft(), whole: "whole" in work().dataset,
    });
    swap(await answer.text());
    say("");
  });
}

// Put the new card in place of the old one; what had the focus has it again, the article stays where it was.
function swap(html) {
  const focus = document.activeElement?.id;
  const top = $("scroll").scrollTop;
  const parsed = new DOMParser().parseFromString(html, "text/html");
  work().replaceWith(document.adoptNode(parsed.getElementById("work")));
  $("scroll").scrollTop = top;
  if (focus) $(focus)?.focus({ preventScroll: true });
  caret.restore();
  showLabels();
}

function decide(action, reason = null) {
  const { kind, record, seen, article, sha, back } = work().dataset;
  say(texts.busy);
  return inTurn(async () => {
    const id = nonce();
    const sent = kind === "new"
      ? await post("/add", { article, sha256: sha, back, draft: draft(), nonce: id })
      : await post("/decide", { record, action, seen, draft: action === "accept" ? draft() : null, reason, nonce: id });
    go((await sent.json()).next);
  });
}

function undo(redo) {
  return inTurn(async () => go((await (await post("/undo", { redo })).json()).next));
}

function openDialog(name) {
  $(name).showModal();
}

function setSlot(slot, clear) {
  if (clear) return slot === "trigger" ? undefined : edit({ op: "clear", slot });
  const span = selected();
  if (!span) return say(texts.select_first, true);
  getSelection().removeAllRanges();
  return edit({ op: "span", slot, start: span.start, end: span.end });
}

function addEvent() {
  const span = selected();
  if (!span) {
    find();
    return say(texts.select_trigger, true);
  }
  const { article, record } = work().dataset;
  const more = new URLSearchParams({ in: article, start: span.start, end: span.end, back: record });
  return inTurn(async () => go(`/new?${config.query}&${more}`));
}

function find() {
  caret.begin();
  say(texts.select_mode);
}

async function candidates(index, name) {
  const answer = await fetch(`/places?${new URLSearchParams({ name })}`);
  const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
  $("places-content").replaceChildren(...parsed.body.childNodes);
  $("places").dataset.index = index;
  if (!$("places").open) $("places").showModal();
}

function firstCandidates(button = document.querySelector("[data-do=candidates]")) {
  if (!button) return say(texts.no_candidates, true);
  return inTurn(() => candidates(button.dataset.index, button.dataset.name));
}

function saveComment() {
  const text = $("comment-text").value;
  if (!text.trim()) return $("comment-text").focus();
  return inTurn(async () => {
    const sent = await post("/comment", { record: work().dataset.record, comment: text, nonce: nonce() });
    go((await sent.json()).next);
  });
}

function press(id) {
  $(id)?.click();
}

const doing = {
  accept: () => decide("accept"),
  reject: () => work().dataset.kind === "added" ? decide("reject", "other") : openDialog("reject"),
  skip: () => decide("skip"),
  comment: () => { openDialog("comment"); $("comment-text").focus(); },
  "save-comment": saveComment,
  add: addEvent,
  undo: () => undo(false),
  redo: () => undo(true),
  help: () => openDialog("help"),
  find,
  reset: () => edit("reset"),
  candidates: firstCandidates,
  next: () => press("to-next"),
  previous: () => press("to-previous"),
  list: () => press("to-list"),
  core: () => press("f-core"),
};
for (const field of ["type", "mode", "assertion", "iso"]) doing[field] = () => $(`f-${field}`)?.focus();
for (const slot of SLOTS) doing[slot] = (_, clear) => setSlot(slot, clear);
for (const n of [0, 1, 2]) doing[`take-${n}`] = () => press(`take-${n}`);
const EVERYWHERE = new Set(["undo", "redo", "help", "list"]);
const NOT_NEW = new Set(["reject", "skip", "comment", "add", "next", "previous", "undo", "redo"]);

const typing = (target) => target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || leaving) return;
  const dialog = document.querySelector("dialog[open]");
  if (dialog) return inDialog(event, dialog);
  if (event.code === "Escape") return escape();
  if (typing(event.target)) {
    if (event.code === "Enter" && event.target.id === "f-iso") event.target.blur();
    return;
  }
  if (caret.active && caret.key(event)) return event.preventDefault();
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || !shortcuts()) return;
  const code = event.code.replace("Numpad", "Digit");
  let name = actions.get(code);
  if (name === "undo" && event.shiftKey) name = "redo";
  if (!name || (event.shiftKey && name !== "redo" && !SLOTS.includes(name))) return;
  if (!EVERYWHERE.has(name) && !isCard()) return;
  if (isCard() && work().dataset.kind === "new" && NOT_NEW.has(name)) return;
  event.preventDefault();
  doing[name](undefined, event.shiftKey);
});

function inDialog(event, dialog) {
  if (event.ctrlKey && event.code === "Enter" && dialog.id === "comment") {
    event.preventDefault();
    return saveComment();
  }
  if (typing(event.target)) {
    if (event.code === "Enter" && event.target.id === "places-name") {
      event.preventDefault();
      inTurn(() => candidates(dialog.dataset.index, event.target.value));
    }
    return;
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  for (const button of dialog.querySelectorAll(".options button")) {
    if (button.querySelector("kbd").textContent === digit) button.click();
  }
}

function escape() {
  if (caret.active) {
    caret.end();
    say("");
  } else if (typing(document.activeElement)) {
    document.activeElement.blur();
  } else {
    press("cancel");
  }
}

// Pressing a slot's button must not take away what was selected for it.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("button[data-do]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, mark.is-other, [data-close]");
  if (!target) return;
  const data = target.dataset;
  if ("close" in data) return target.closest("dialog").close();
  if (data.reason) {
    $("reject").close();
    return decide("reject", data.reason);
  }
  if ("place" in data) {
    $("places").close();
    return edit({ op: "place", index: Number($("places").dataset.index), value: data.place || null });
  }
  if (data.edit) return edit(JSON.parse(data.edit));
  if (data.language) {
    const address = new URL(location.href);
    address.searchParams.set("lang", data.language);
    return go(address);
  }
  if (data.do) return doing[data.do](data.do === "candidates" ? target : undefined);
  if (data.other && !selected()) {
    return go(`/card?${config.query}&${new URLSearchParams({ id: data.other })}`);
  }
});

document.addEventListener("change", (event) => {
  const { field, index } = event.target.dataset;
  if (event.target.id === "shortcuts") return localStorage.setItem("waqai-shortcuts", event.target.checked ? "on" : "off");
  if (!field) return;
  const value = event.target.type === "checkbox" ? event.target.checked : event.target.value;
  const change = { op: field, value };
  if (index !== undefined) change.index = Number(index);
  edit(change);
  if (event.target.tagName === "SELECT" && !index) event.target.blur();
});

const shortcuts = () => localStorage.getItem("waqai-shortcuts") !== "off";

$("shortcuts").checked = shortcuts();
const left = sessionStorage.getItem("waqai-say");
if (left) {
  sessionStorage.removeItem("waqai-say");
  say(left, true);
}
if (isCard()) {
  showSentence();
  showLabels();
  addEventListener("resize", showLabels);
  document.fonts?.ready.then(showLabels);
}
// For a page that the browser kept and shows again: the state may be another one by now.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.documentElement.dataset.ready = "";
