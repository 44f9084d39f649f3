// What makes the page pleasant; without it everything can still be read and asked.
"use strict";

const page = () => document.querySelector("main");
const typing = (node) => node && (/^(INPUT|SELECT|TEXTAREA)$/.test(node.tagName) || node.isContentEditable);

// ---- Days ----------------------------------------------------------------------------------------------------------

const dayOf = (ordinal) => new Date(ordinal * 864e5).toISOString().slice(0, 10);

function readDays(strip) {
  return strip.dataset.days.split(" ").filter(Boolean).map((pair) => pair.split(":").map(Number));
}

function readySlider() {
  const form = document.querySelector(".question");
  const slider = form && form.querySelector(".slider");
  if (!slider) return;
  const strip = form.querySelector(".strip");
  const days = new Map(readDays(strip));
  const [least, most] = [Number(slider.min), Number(slider.max)];
  const label = document.createElement("output");
  label.className = "told";
  label.hidden = true;
  form.querySelector(".days").append(label);
  slider.hidden = false;
  const tell = () => {
    const ordinal = Number(slider.value);
    const share = (ordinal - least) / (most - least);
    strip.querySelector(".cursor").setAttribute("d", `M${(share * 1000).toFixed(1)} 0v36`);
    const claims = days.get(ordinal) || 0;
    const words = claims ? ` · ${claims} ${claims === 1 ? "claim" : "claims"}` : "";
    label.textContent = dayOf(ordinal) + words;
    label.style.left = `${Math.min(Math.max(share * 100, 7), 93)}%`;
    label.hidden = false;
    slider.setAttribute("aria-valuetext", dayOf(ordinal) + words);
    form.elements["as-of"].value = dayOf(ordinal);
  };
  slider.setAttribute("aria-valuetext", dayOf(Number(slider.value)));
  let waiting = 0;
  slider.addEventListener("input", () => {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(form), location.pathname === "/map" ? 60 : 350);
  });
  // From one day of news to the next, rather than from day to day.
  slider.addEventListener("keydown", (event) => {
    const step = { PageUp: 1, PageDown: -1 }[event.key];
    if (!step) return;
    const all = [...days.keys()];
    const next = step > 0 ? all.find((day) => day > Number(slider.value)) : all.filter((day) => day < Number(slider.value)).pop();
    if (next === undefined) return;
    event.preventDefault();
    slider.value = next;
    slider.dispatchEvent(new Event("input"));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  form.querySelectorAll("select").forEach((choice) => choice.addEventListener("change", () => ask(form)));
}

// ---- One view for another, without leaving the page -----------------------------------------------------------------

let asked = 0;

function ask(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  go(`${form.getAttribute("action")}?${new URLSearchParams(fields)}`);
}

async function go(address, remember = true) {
  const mine = ++asked;
  document.body.classList.add("working");
  try {
    const reply = await fetch(address, { headers: { accept: "text/html" }, credentials: "same-origin" });
    const text = await reply.text();
    if (mine !== asked) return;
    const next = new DOMParser().parseFromString(text, "text/html");
    const refused = next.querySelector(".refusal .answer");
    if (refused && remember) {
      complain(refused.textContent, document.querySelector("main"));
      return;
    }
    if (!next.querySelector("main") || !next.querySelector(".question")) {
      location.assign(address);
      return;
    }
    const held = document.activeElement && document.activeElement.classList.contains("slider");
    const open = [...document.querySelectorAll(".question, main, .top, footer, .notice")];
    const fresh = [...next.querySelectorAll(".top, .notice, .question, main, footer")];
    open.slice(1).forEach((node) => node.remove());
    open[0].replaceWith(...fresh);
    document.title = next.title;
    if (remember) history.pushState({}, "", reply.url || address);
    ready();
    if (held) document.querySelector(".slider")?.focus({ preventScroll: true });
  } catch {
    location.assign(address);
  } finally {
    if (mine === asked) document.body.classList.remove("working");
  }
}

addEventListener("popstate", () => go(location.href, false));

// Why something was not done, before what it is about, which stays as it was.
function complain(words, before) {
  document.querySelector(".complaint")?.remove();
  const box = document.createElement("p");
  box.className = "notice complaint";
  box.setAttribute("role", "alert");
  box.textContent = words;
  before.before(box);
  box.scrollIntoView({ block: "nearest" });
}

// What a view is asked changes it in place, so that what is refused leaves the form as it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "get" || !form.closest("main")) return;
  event.preventDefault();
  ask(form);
});

// A form that is refused keeps what was typed.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const [method, place] = [form.getAttribute("method"), form.getAttribute("action")];
  if (event.defaultPrevented || method !== "post" || form.getAttribute("enctype")) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
  document.body.classList.add("working");
  try {
    const reply = await fetch(place, { method: "POST", body: fields, credentials: "same-origin" });
    const next = new DOMParser().parseFromString(await reply.text(), "text/html");
    const refused = next.querySelector(".refusal .answer");
    if (refused) complain(refused.textContent, form);
    else location.assign(reply.url);
  } catch {
    complain("The server did not answer: is it still running?", form);
  } finally {
    document.body.classList.remove("working");
  }
});

// ---- Tables: sort and filter ----------------------------------------------------------------------------------------

const scales = { k: 1e3, m: 1e6, bn: 1e9, tn: 1e12 };

// The number that a cell begins with, whatever stands around it; what has none goes last.
function figure(text) {
  const found = text.replace(/,/g, "").match(/(-?)[^\d-]*?(-?\d+(?:\.\d+)?)\s*(k|m|bn|tn)?\b/i);
  if (!found) return -Infinity;
  const value = Number(found[2]) * (scales[(found[3] || "").toLowerCase()] || 1);
  return found[1] === "-" && value > 0 ? -value : value;
}

function sort(table, column, isWords, descending) {
  const rows = [...table.tBodies[0].rows];
  const keyed = rows.map((row, place) => {
    const text = row.cells[column].textContent.trim();
    return { row, place, key: isWords ? text.toLowerCase() : figure(text) };
  });
  keyed.sort((left, right) => {
    const order = isWords ? left.key.localeCompare(right.key, "en", { numeric: true }) : left.key === right.key ? 0 : left.key < right.key ? -1 : 1;
    return (descending ? -order : order) || left.place - right.place;
  });
  table.tBodies[0].append(...keyed.map((entry) => entry.row));
}

function readyTable(table) {
  if (!table.tHead || !table.tBodies.length || table.tBodies[0].rows.length < 4) return;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.tagName !== "TH" || !head.textContent) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const isWords = head.classList.contains("words");
      const was = head.getAttribute("aria-sort");
      const descending = was ? was === "ascending" : !isWords;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, column, isWords, descending);
    });
  });
  if (table.tBodies[0].rows.length > 12) readyFilter(table);
}

// Rows that hold all words typed, and the rest on later pages.
function readyFilter(table) {
  const rows = () => [...table.tBodies[0].rows];
  const step = 60;
  let shown = step;
  const tools = document.createElement("div");
  tools.className = "tools";
  const label = document.createElement("label");
  label.textContent = "Only rows with ";
  const box = document.createElement("input");
  box.type = "search";
  label.append(box);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  const more = document.createElement("button");
  more.type = "button";
  more.textContent = "Show all";
  tools.append(label, count, more);
  (table.closest(".scroll") || table).before(tools);
  const apply = () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    let held = 0;
    rows().forEach((row) => {
      const text = row.textContent.toLowerCase();
      const holds = words.every((word) => text.includes(word));
      if (holds) held += 1;
      row.hidden = !holds || held > shown;
    });
    const seen = Math.min(held, shown);
    count.textContent = seen < held ? `${seen} of ${held} rows` : `${held} ${held === 1 ? "row" : "rows"}`;
    more.hidden = seen === held;
  };
  box.addEventListener("input", apply);
  more.addEventListener("click", () => {
    shown = Infinity;
    apply();
  });
  table.tHead.addEventListener("click", () => setTimeout(apply));
  apply();
}

// ---- Pictures: what a mark says, on hover and on focus --------------------------------------------------------------

const peek = document.createElement("div");
peek.className = "peek";
peek.hidden = true;
peek.setAttribute("aria-hidden", "true");

function readyPictures() {
  document.querySelectorAll("svg.ouro a, svg.ouro g").forEach((mark) => {
    const title = mark.querySelector(":scope > title");
    if (!title) return;
    const words = title.textContent;
    if (mark.tagName === "a" || mark.hasAttribute("aria-label")) title.remove();
    mark.dataset.words = words;
  });
}

function showPeek(mark, x, y) {
  peek.textContent = mark.dataset.words;
  peek.hidden = false;
  const box = peek.getBoundingClientRect();
  peek.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
  peek.style.top = `${y + 18 + box.height > innerHeight ? y - box.height - 10 : y + 18}px`;
}

document.addEventListener("pointermove", (event) => {
  const mark = event.target.closest?.("svg.ouro [data-words]");
  if (mark) showPeek(mark, event.clientX, event.clientY);
  else peek.hidden = true;
});
document.addEventListener("focusin", (event) => {
  const mark = event.target.closest?.("svg.ouro [data-words]");
  if (!mark) {
    peek.hidden = true;
    return;
  }
  const box = mark.getBoundingClientRect();
  showPeek(mark, box.left + box.width / 2, box.top + box.height / 2);
});

// ---- Search as one types --------------------------------------------------------------------------------------------

function readySearch() {
  const form = document.querySelector("form.find[role=search]");
  if (!form) return;
  const box = form.elements.q;
  let waiting = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const at = box.selectionStart;
      const mine = asked + 1;
      await go(`/search?${new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""))}`, false);
      if (mine !== asked) return;
      const fresh = document.querySelector("form.find[role=search]").elements.q;
      fresh.focus();
      fresh.setSelectionRange(at, at);
    }, 220);
  });
}

// ---- A file dropped into the inbox ----------------------------------------------------------------------------------

function readyDrop() {
  const box = document.querySelector(".read textarea");
  if (!box) return;
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const file = event.dataTransfer.files[0];
    box.value = file ? await file.text() : event.dataTransfer.getData("text");
  });
}

// Statements are dropped anywhere on their form.
function readyStatements() {
  const form = document.querySelector("form.drop");
  if (!form) return;
  const zone = form.querySelector(".zone");
  const files = form.elements.file;
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("over");
    });
  }
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => document.body.classList.add("working"));
}

// ---- A run, told as it goes on ---------------------------------------------------------------------------------------

let told = null;

function readyRun() {
  told?.close();
  told = null;
  const box = document.querySelector(".running[data-run]");
  if (!box) return;
  const here = location.href;
  told = new EventSource(`/runs/${box.dataset.run}/events`);
  const say = (event) => {
    const [share, ...words] = event.data.split(" ");
    box.querySelector("progress").value = Number(share);
    box.querySelector("[role=status]").textContent = words.join(" ");
  };
  told.addEventListener("progress", say);
  told.addEventListener("over", (event) => {
    say(event);
    told.close();
    if (location.href === here) location.reload();
  });
}

// ---- PNG: the drawing as this browser draws it ----------------------------------------------------------------------

async function savePicture(address) {
  const text = await (await fetch(address)).text();
  const picture = new Image();
  const source = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  await new Promise((resolve, reject) => {
    picture.onload = resolve;
    picture.onerror = reject;
    picture.src = source;
  });
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth * 2;
  canvas.height = picture.naturalHeight * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(source);
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${new URL(address, location.href).pathname.slice(1).replace(".svg", "")}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

function readyExports() {
  const exports = document.querySelector(".exports");
  if (!exports) return;
  const print = exports.querySelector(".print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  const drawing = [...exports.querySelectorAll("a")].find((link) => link.textContent === "SVG");
  if (!drawing) return;
  const save = document.createElement("button");
  save.type = "button";
  save.textContent = "PNG";
  save.addEventListener("click", () => savePicture(drawing.href));
  print.before(save, " ");
}

// ---- Keys -----------------------------------------------------------------------------------------------------------

const keys = [
  ["/", "search"], ["d", "the slider of days"], ["←  →", "on the slider: a day; Page Up and Down: to news"],
  ["[  ]", "the day of news before, the next"], ["a", "the answer"], ["m", "the map"], ["l", "loops"],
  ["p", "parties"], ["e", "deals"], ["x", "disputes"], ["c", "what changed"], ["t", "trend"], ["?", "this list"],
];
const places = { a: "/report", m: "/map", l: "/loops", p: "/party", e: "/deal", x: "/disputes", c: "/changes", t: "/trend" };

function listKeys() {
  document.querySelector("dialog.keys")?.remove();
  const dialog = document.createElement("dialog");
  dialog.className = "keys";
  dialog.setAttribute("aria-label", "Keys");
  const list = document.createElement("dl");
  list.className = "pairs";
  for (const [key, words] of keys) {
    const term = document.createElement("dt");
    const sign = document.createElement("kbd");
    sign.textContent = key;
    term.append(sign);
    const meaning = document.createElement("dd");
    meaning.textContent = words;
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(list, close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const link = (selector) => document.querySelector(selector);
  const step = { "[": ".step[rel=prev]", "]": ".step[rel=next]" }[event.key];
  if (event.key === "?") listKeys();
  else if (event.key === "/") link(".finder input[type=search]")?.focus();
  else if (event.key === "d") link(".slider")?.focus();
  else if (step && link(step)) go(link(step).href);
  else if (places[event.key]) link(`.top nav a[href^="${places[event.key]}?"]`)?.click();
  else return;
  event.preventDefault();
});

// ---------------------------------------------------------------------------------------------------------------------

function ready() {
  const more = document.querySelector(".more");
  if (more && innerWidth <= 640) more.open = false;
  readySlider();
  document.querySelectorAll("main table").forEach(readyTable);
  readyPictures();
  readySearch();
  readyDrop();
  readyStatements();
  readyRun();
  readyExports();
  document.querySelector(".top nav a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  if (!peek.isConnected) document.body.append(peek);
}

// Steps and choices change what is shown in place; all else is followed as links are.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.step, a.choice");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.getAttribute("href"));
});

ready();
