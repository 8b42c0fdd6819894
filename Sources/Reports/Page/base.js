// @ts-check
// State, words, elements, and files loaded when they are needed.

'use strict';
const run = JSON.parse(document.getElementById('run').textContent);

// What stands after “#” in the address is the whole state: what is shown, in which language, and
// how it is searched, sorted and filtered. So every view can be linked to and printed.
let state = new URLSearchParams();
const language = () => state.get('lang') || run.language;
const t = (zh, en) => language() === 'zh' ? zh : en;
const told = pair => pair[language() === 'zh' ? 0 : 1];
// What the program calls a thing, wherever it stands.
const label = name => told(run.labels[name]);

function address(values) {
  const next = new URLSearchParams(values);
  if (state.get('lang')) next.set('lang', state.get('lang'));
  return '#' + next;
}

// Texts become text nodes: nothing that was delivered is ever read as markup.
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key.startsWith('--')) node.style.setProperty(key, value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child =>
    child !== null && child !== undefined && child !== '' && child !== false));
  return node;
}

function shape(name, attributes, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) node.setAttribute(key, value);
  }
  if (text !== undefined) node.textContent = text;
  return node;
}

const link = (values, ...children) => el('a', {href: address(values)}, ...children);
const quiet = (...children) => el('p', {class: 'quiet'}, ...children);
const number = value => value.toLocaleString('en-US');
const percent = thousandths => (thousandths / 10).toFixed(1) + '%';

function points(thousandths, decimals) {
  const needed = thousandths % 1000 === 0 ? 0 : thousandths % 100 === 0 ? 1
    : thousandths % 10 === 0 ? 2 : 3;
  return (thousandths / 1000).toFixed(Math.max(needed, decimals));
}

// Files beside the page are scripts that call this function: a page opened from disk may load
// scripts, but may read no other file.
const arrivals = new Map();
function heng(name, content) {
  if (arrivals.has(name)) arrivals.get(name)(content);
}

const kept = new Map();
function load(name) {
  if (kept.has(name)) return kept.get(name);
  const promise = new Promise((done, fail) => {
    const script = el('script', {src: 'data/' + encodeURIComponent(name) + '.js'});
    arrivals.set(name, content => { script.remove(); arrivals.delete(name); done(content); });
    script.addEventListener('error', () => {
      kept.delete(name);
      fail(new Error(t('缺少文件 data/' + name + '.js，请把整个文件夹一起复制。',
        'data/' + name + '.js is missing; copy the whole folder.')));
    });
    document.head.append(script);
  });
  kept.set(name, promise);
  return promise;
}

// Parts of long lists are let go again, so that memory stays bounded.
const passing = [];
function loadForNow(name) {
  if (!kept.has(name)) passing.push(name);
  if (passing.length > 8) kept.delete(passing.shift());
  return load(name);
}

function heading(title, ...rest) {
  document.title = title + ' · ' + run.title;
  return el('h2', {tabindex: '-1', id: 'top'}, title, ...rest);
}

// A table in a frame of its own that scrolls where the window is narrower.
const table = (caption, head, rows, kind) =>
  el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': caption},
    el('table', {class: kind},
      el('caption', {class: 'unseen'}, caption),
      el('thead', {}, el('tr', {}, head.map(cell =>
        el('th', {scope: 'col', class: Array.isArray(cell) ? 'number' : null}, cell)))),
      el('tbody', {}, rows)));

const cells = (...texts) => texts.map(text => el('td', {}, text));
const numbers = (...values) => values.map(value =>
  el('td', {class: 'number'}, typeof value === 'number' ? number(value) : value));

function tag(kind, ...children) { return el('span', {class: 'tag ' + kind}, ...children); }

// Links to what is handed out to offices; nothing where there is none.
function papers(title, list) {
  return list.length > 0 && el('p', {class: 'papers'}, title,
    list.map((one, place) => [place > 0 ? t('、', ', ') : '', el('a', {href: one.path}, one.office)]));
}
