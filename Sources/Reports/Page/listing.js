// @ts-check
// Long tables: searched, filtered, sorted, shown a page at a time.

// A long table: searched, filtered, sorted, and shown a page at a time.
const pageRows = 50;
const printRows = 2000;
let refresh = null;

function listing(spec) {
  const body = el('tbody');
  const found = el('p', {class: 'found', role: 'status'});
  const pager = el('nav', {class: 'pager', 'aria-label': t('翻页', 'Pages')});
  const head = el('tr');
  let printing = false;

  function change(values) {
    for (const [key, value] of Object.entries(values)) {
      if (value === '' || value === null) state.delete(key); else state.set(key, value);
    }
    history.replaceState(null, '', '#' + state);
    update();
  }

  function matching() {
    const words = (state.get('q') || '').trim().toLowerCase();
    const wanted = spec.filters.map(filter => [filter, state.get(filter.key)])
      .filter(([, value]) => value !== null);
    const rows = [];
    for (let row = 0; row < spec.count(); row += 1) {
      if (words && !spec.search(row, words)) continue;
      if (wanted.every(([filter, value]) => String(filter.of(row)) === value)) rows.push(row);
    }
    return rows;
  }

  function sorted(rows) {
    const column = spec.columns.find(column => column.key === state.get('sort'));
    if (!column) return spec.group ? gathered(rows, spec.group.of) : rows;
    const direction = state.has('desc') ? -1 : 1;
    const keys = new Map(rows.map(row => [row, column.value(row)]));
    const words = new Intl.Collator(language() === 'zh' ? 'zh-Hans' : 'en', {numeric: true});
    const compare = (left, right) => typeof left === 'number' ? left - right
      : words.compare(left, right);
    const isMissing = key => key === null || key === '';
    return rows.sort((one, other) => {
      const [left, right] = [keys.get(one), keys.get(other)];
      // What is missing stands last in either direction.
      if (isMissing(left) || isMissing(right)) {
        return isMissing(left) - isMissing(right) || one - other;
      }
      return direction * compare(left, right) || one - other;
    });
  }

  function showHead() {
    const now = state.get('sort');
    const isDown = state.has('desc');
    head.replaceChildren(...spec.columns.map(column => {
      const isSorted = column.key && column.key === now;
      const kind = [column.number && 'number', column.kind].filter(Boolean).join(' ') || null;
      // Heads that are repeated on every printed page show no buttons.
      if (!column.value || printing) return el('th', {scope: 'col', class: kind}, column.title);
      const next = !isSorted ? {sort: column.key, desc: column.down ? '1' : '', page: ''}
        : isDown === Boolean(column.down) ? {desc: isDown ? '' : '1', page: ''}
        : {sort: '', desc: '', page: ''};
      return el('th',
        {scope: 'col', class: kind,
          'aria-sort': isSorted ? (isDown ? 'descending' : 'ascending') : 'none'},
        el('button', {type: 'button', onclick: () => {
          change(next);
          head.children[spec.columns.indexOf(column)].querySelector('button').focus();
        }}, column.title,
        el('span', {'aria-hidden': 'true', class: 'arrow'},
          isSorted ? (isDown ? '↓' : '↑') : '↕')));
    }));
  }

  function update() {
    const rows = sorted(matching());
    const size = printing ? printRows : pageRows;
    const pages = Math.max(1, Math.ceil(rows.length / size));
    const page = printing ? 1 : Math.min(pages, Math.max(1, Number(state.get('page')) || 1));
    const first = (page - 1) * size;
    showHead();
    const grouped = spec.group && !spec.columns.some(column => column.key === state.get('sort'));
    body.replaceChildren(...rows.slice(first, first + size).flatMap((row, place) => [
      spec.before ? spec.before(row, rows, first + place) : null,
      grouped && (!place || spec.group.of(row) !== spec.group.of(rows[first + place - 1]))
        ? groupHead(spec, row, rows) : null,
      el('tr', {}, spec.columns.map(column => column.cell(row))),
    ].filter(Boolean)));
    found.replaceChildren(rows.length === spec.count()
      ? t(`共 ${number(rows.length)} 项`, `${number(rows.length)} in all`)
      : t(`${number(spec.count())} 项中符合条件的 ${number(rows.length)} 项`,
        `${number(rows.length)} of ${number(spec.count())} match`),
    rows.length > size ? t(`，第 ${page} / ${pages} 页`, `, page ${page} of ${pages}`) : '',
    spec.note ? el('span', {}, spec.note()) : '');
    const step = (label, target) => el('button',
      {type: 'button', disabled: target < 1 || target > pages || target === page,
        onclick: () => { change({page: target > 1 ? String(target) : ''}); }}, label);
    pager.replaceChildren(...(pages > 1 ? [
      step(t('首页', 'First'), 1), step(t('上一页', 'Previous'), page - 1),
      step(t('下一页', 'Next'), page + 1), step(t('末页', 'Last'), pages)] : []));
  }

  const search = el('input', {type: 'search', id: 'search', autocomplete: 'off',
    placeholder: spec.searchHint, value: state.get('q') || '',
    oninput: event => change({q: event.target.value, page: ''})});
  const selects = spec.filters.filter(filter => filter.options.length > 1).map(filter => {
    const select = el('select', {id: 'filter-' + filter.key,
      onchange: event => change({[filter.key]: event.target.value, page: ''})},
    el('option', {value: ''}, t('全部', 'All')),
    filter.options.map(([value, title]) => el('option', {value,
      selected: String(value) === state.get(filter.key)}, title)));
    return el('div', {}, el('label', {for: select.id}, filter.title), select);
  });
  refresh = {
    update,
    print(now) { printing = now; update(); },
  };
  update();
  return [
    el('form', {class: 'tools', role: 'search', onsubmit: event => event.preventDefault()},
      el('div', {class: 'grow'}, el('label', {for: 'search'}, t('查找', 'Search')), search),
      selects),
    found,
    el('div', {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': spec.caption},
      el('table', {class: 'listing'}, el('caption', {class: 'unseen'}, spec.caption),
        el('thead', {}, head), body)),
    pager,
    spec.file ? quiet(t('全部内容：', 'All rows: '), el('a', {href: spec.file}, spec.file)) : null,
  ];
}

// Rows of a group together, the groups in the order of their first rows.
function gathered(rows, of) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(of(row))) groups.set(of(row), []);
    groups.get(of(row)).push(row);
  }
  return [...groups.values()].flat();
}

// What stands above the rows of a group: its name, how many there are, and what goes with it.
function groupHead(spec, row, rows) {
  const mine = spec.group.of(row);
  const count = rows.reduce((sum, other) => sum + (spec.group.of(other) === mine ? 1 : 0), 0);
  return el('tr', {class: 'group'},
    el('th', {colspan: String(spec.columns.length), scope: 'colgroup'},
      spec.group.title(row), t(`（${number(count)}）`, ` (${number(count)})`),
      spec.group.more ? spec.group.more(row) : ''));
}

// The values of a filter that occur, most frequent first, with how many have them.
function options(count, of, title) {
  const counts = new Map();
  for (let row = 0; row < count; row += 1) counts.set(of(row), (counts.get(of(row)) || 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])
    .map(([value, times]) => [value, `${title(value)}（${number(times)}）`]);
}
