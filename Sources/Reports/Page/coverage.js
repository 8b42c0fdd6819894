// @ts-check
// Coverage as bars with the line that is to be reached.

// Rates by group as bars, with the share that is to be reached as a line.
const groupsShown = 12;

function coverage() {
  if (!run.coverage.length) return null;
  const holder = el('div');
  const population = () => run.coverage.find(one => one.id === state.get('population'))
    || run.coverage[0];
  const measureOf = one => Math.max(0, one.measures.findIndex(m => m.id === state.get('measure')));

  function choose(key, value) {
    state.set(key, value);
    history.replaceState(null, '', '#' + state);
    show();
  }

  const select = (id, title, values, now, key) => el('div', {}, el('label', {for: id}, title),
    el('select', {id, onchange: event => { choose(key, event.target.value);
      document.getElementById(id).focus(); }},
    values.map(one => el('option', {value: one.id, selected: one.id === now}, one.title))));

  function show() {
    const one = population();
    const place = measureOf(one);
    const measure = one.measures[place];
    const [whole, ...parts] = one.dimensions;
    holder.replaceChildren(
      el('div', {class: 'tools'},
        select('population', t('口径', 'Population'), run.coverage, one.id, 'population'),
        select('measure', t('指标', 'Rate'), one.measures, measure.id, 'measure')),
      el('p', {class: 'quiet'}, one.definition, one.definition && measure.definition ? '；' : '',
        measure.definition),
      whole.title === '' ? overall(whole.rows[0], one, place) : '',
      el('div', {class: 'charts'}, (whole.title === '' ? parts : one.dimensions)
        .map(dimension => chart(dimension, one, place))));
  }

  show();
  return el('section', {'aria-labelledby': 'coverage'},
    el('h3', {id: 'coverage'}, label('coverage')), holder,
    quiet(t('全部口径和分组：', 'All populations and groups: '),
      el('a', {href: 'coverage.csv'}, 'coverage.csv')),
    papers(t('组建方案（分发用的工作簿）：', 'Formation plan (workbooks to be handed out): '), run.plans));
}

// In thousandths, as every table has it; null where there is nothing to be a share of.
const rate = counts => counts.rate === undefined ? null : counts.rate;

function bar(counts, target) {
  const {part, unknown, whole} = counts;
  const share = count => whole ? (count * 100 / whole).toFixed(2) + '%' : '0%';
  return el('span', {class: 'track', 'aria-hidden': 'true', '--part': share(part),
    '--unknown': share(unknown)}, el('i', {class: 'part'}), el('i', {class: 'unknown'}),
  target === undefined ? null : el('i', {class: 'target', '--at': percent(target)}));
}

function overall(row, population, place) {
  const measure = population.measures[place];
  const counts = row.measures[place];
  const share = rate(counts);
  return el('div', {class: 'overall'},
    el('b', {}, share === null ? '—' : percent(share)),
    el('div', {}, el('p', {}, `${population.title} · ${measure.title}`), bar(counts, measure.target),
      el('small', {}, `${number(counts.part)} / ${number(counts.whole)}`,
        counts.unknown ? t(`，${number(counts.unknown)} 个待查`, `, ${number(counts.unknown)} unknown`) : '',
        measure.target === undefined ? '' : t(`；目标 ${percent(measure.target)}`,
          `; target ${percent(measure.target)}`),
        measure.target !== undefined && share !== null
          ? (counts.part * 1000 >= measure.target * counts.whole ? t('，已达到', ', reached')
            : t('，未达到', ', not reached')) : '')));
}

function chart(dimension, population, place) {
  const measure = population.measures[place];
  const caption = t(`${measure.title}（按${dimension.title}）`,
    `${measure.title} by ${dimension.title}`);
  const rows = [...dimension.rows].sort((one, other) =>
    (rate(other.measures[place]) ?? -1) - (rate(one.measures[place]) ?? -1));
  const key = 'all-' + dimension.title;
  const body = el('tbody');
  const more = el('button', {type: 'button', class: 'more', onclick: () => {
    if (state.has(key)) state.delete(key); else state.set(key, '1');
    history.replaceState(null, '', '#' + state);
    fill();
  }});
  function fill() {
    const some = state.has(key) ? rows : rows.slice(0, groupsShown);
    body.replaceChildren(...some.map(row => {
      const counts = row.measures[place];
      const share = rate(counts);
      return el('tr', {}, el('th', {scope: 'row'}, row.group || notStated()),
        el('td', {class: 'wide'}, bar(counts, measure.target)),
        el('td', {class: 'number strong'}, share === null ? '—' : percent(share)),
        el('td', {class: 'number quiet'}, `${number(counts.part)}/${number(counts.whole)}`));
    }));
    more.textContent = state.has(key) ? t('收起', 'Show fewer')
      : t(`全部 ${rows.length} 组`, `All ${rows.length} groups`);
  }
  fill();
  return el('div', {class: 'chart'},
    el('table', {}, el('caption', {}, caption),
      el('thead', {class: 'unseen'}, el('tr', {}, el('th', {scope: 'col'}, dimension.title),
        el('th', {scope: 'col'}, t('图', 'Chart')), el('th', {scope: 'col'}, measure.title),
        el('th', {scope: 'col'}, t('单位数', 'Units')))), body),
    rows.length > groupsShown ? more : null,
    dimension.groups > dimension.rows.length ? quiet(
      t(`另有 ${dimension.groups - dimension.rows.length} 组，见 coverage.csv。`,
        `${dimension.groups - dimension.rows.length} more groups are in coverage.csv.`)) : null);
}
