// @ts-check
// Everything behind the result of one subject.

// Everything behind one result: points, what is missing, reasons, rows, and how to object.
async function subjectView(ranking, id) {
  const list = await listOf(ranking);
  const row = list.table.texts('subject').indexOf(id);
  const back = el('p', {class: 'back'}, link({ranking: ranking.id}, '← ' + ranking.title));
  if (row < 0) {
    return [heading(id), back, el('p', {}, t(
      `本页没有载入这个对象在“${ranking.title}”中的结果；请查 rankings/${ranking.stem}.csv，或者由运行人员出具告知书。`,
      `The page does not carry this subject of “${ranking.title}”; see `
      + `rankings/${ranking.stem}.csv, or have its letter written (heng explain).`))];
  }
  const part = Math.floor(row / ranking.pointsSize);
  const rows = await loadForNow(`${ranking.stem}-points-${part}`);
  const [given, gates, states, caps, missing, place, announced, proposed, made] = rows[row % ranking.pointsSize];
  const evidence = place < 0 ? null : (await loadForNow(
    `${ranking.stem}-facts-${Math.floor(place / ranking.factsSize)}`))[place % ranking.factsSize];
  const notes = run.cases ? await loadForNow('cases') : {cases: {}, corrections: {}};
  const past = run.earlier.length ? await loadForNow(`${ranking.stem}-history-${part}`) : null;
  const {rules} = list;
  return [
    heading(list.table.text('name', row) || id), back,
    announcedSection(announced || []),
    verdict(list, row, id),
    proposed && proposed.length ? el('p', {class: 'announced'}, told(proposed[0]), ' ',
      link({view: 'formation'}, label('formation'))) : null,
    casesSection((notes.cases[id] || []).filter(one => !one.ranking || one.ranking === ranking.id)),
    reasonsSection(rules, gates, caps),
    missingSection(rules, missing, given),
    historySection(list, row, past),
    madeSection(made || []),
    partsSection(ranking, rules, given, states),
    evidenceSection(rules, evidence && factsOf(rules, evidence), notes.corrections),
    objection(rules, id),
  ];
}

// What was announced before the run, and what the run proposes instead.
function announcedSection([sentence, reservation]) {
  return sentence ? el('p', {class: 'announced'}, el('strong', {}, told(sentence)),
    reservation ? el('small', {}, told(reservation)) : '') : null;
}

function verdict(list, row, id) {
  const {ranking, table} = list;
  const [rank, score, upper] = ['rank', 'score', 'score_upper'].map(id => table.number(id, row));
  const size = sizeOf(list, row);
  const facts = list.facts.map((fact, place) => [ranking.filters[place],
    fact.of[row] < 0 ? notStated() : fact.values[fact.of[row]]]);
  const [low, high] = table.has('rank_low')
    ? [table.number('rank_low', row), table.number('rank_high', row)] : [0, 0];
  return el('div', {class: 'verdict'},
    el('div', {}, el('small', {}, label('score')), el('b', {}, points(score, ranking.decimals)),
      el('small', {}, ` / ${ranking.full / 1000}`,
        upper > score
          ? t(`；补齐后至多 ${points(upper, ranking.decimals)}`,
            `; up to ${points(upper, ranking.decimals)} with all facts`) : '')),
    el('div', {}, el('small', {}, label('rank')), el('b', {}, rank ? number(rank) : '—'),
      rank ? el('small', {}, ` / ${number(size)} ${table.shown('cohort', row)}`) : '',
      rank && low ? [interval(rank, low, high, size),
        el('small', {}, `${told(ranking.interval)}${t('：', ': ')}${number(low)}–${number(high)}`)]
        : ''),
    el('div', {}, el('small', {}, label('tier')),
      el('b', {}, table.shown('tier', row) || '—'),
      el('small', {}, table.shown('status', row),
        t('，', ', ') + label('evidence') + ' ' + table.shown('assessed_share', row))),
    el('dl', {}, el('dt', {}, t('代码', 'Code')), el('dd', {class: 'code'}, id),
      facts.map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)])));
}

function casesSection(cases) {
  if (!cases.length) return null;
  return el('section', {}, el('h3', {}, t('异议和决定', 'Objections and decisions')),
    el('ul', {class: 'reasons'}, cases.map(one => el('li', {}, told(one.title),
      one.lines.map(line => el('div', {class: 'quiet'}, told(line)))))));
}

function reasonsSection(rules, gates, caps) {
  const items = [];
  rules.gates.forEach((gate, place) => {
    const state = gates[place];
    if (state === '0') return;
    items.push([told(run.gateStates[state]), gate]);
  });
  rules.caps.forEach((cap, place) => {
    if (caps[place] === '0') return;
    items.push([caps[place] === '1' ? label('limited') : told(run.gateStates[2]), cap]);
  });
  return el('section', {}, el('h3', {}, t('门槛和限制', 'Gates and caps')),
    items.length ? el('ul', {class: 'reasons'}, items.map(([word, rule]) => el('li', {},
      tag('mark', word), ' ', rule.text,
      el('dl', {},
        rule.basis ? [el('dt', {}, label('basis')), el('dd', {}, rule.basis)] : '',
        rule.cure ? [el('dt', {}, label('cure')), el('dd', {}, rule.cure)] : '',
        rule.contact ? [el('dt', {}, t('联系', 'Contact')), el('dd', {}, rule.contact)] : ''))))
      : quiet(rules.gates.length || rules.caps.length
        ? t('门槛全部满足，没有限制。', 'All gates are met and no cap applies.')
        : t('本项评价没有门槛和限制。', 'This ranking has no gates or caps.')));
}

function partsSection(ranking, rules, given, states) {
  const words = run.partStates.map(told);
  const rows = [];
  const greatest = Math.max(...rules.parts.map(part => Math.max(part.most, -part.least)));
  let group = null;
  rules.parts.forEach((part, place) => {
    const kind = {deduction: t('扣分', 'Deductions'), bonus: t('加分', 'Bonuses')}[part.kind]
      || part.group;
    if (kind && kind !== group) {
      rows.push(el('tr', {class: 'group'}, el('th', {colspan: 4, scope: 'colgroup'}, kind)));
    }
    group = kind;
    const most = Math.max(part.most, -part.least);
    const share = most ? Math.min(100, Math.abs(given[place]) / most * 100) : 0;
    const state = Number(states[place]);
    rows.push(el('tr', {class: state === 5 ? 'idle' : null},
      el('th', {scope: 'row'}, el('small', {class: 'code'}, part.id), ' ', part.title,
        part.basis ? el('small', {class: 'basis'}, part.basis) : ''),
      el('td', {class: 'wide'}, el('span', {
        class: 'track' + (given[place] < 0 ? ' against' : ''), 'aria-hidden': 'true',
        // As long as its weight, so that what counts most is seen first.
        '--size': (greatest ? most / greatest * 100 : 0).toFixed(1) + '%',
        '--part': share.toFixed(1) + '%',
        '--unknown': state === 1 || state === 2 ? (100 - share).toFixed(1) + '%' : '0%'},
      el('i', {class: 'part'}), el('i', {class: 'unknown'}))),
      el('td', {class: 'number strong'}, points(Math.round(given[place] * 1000), ranking.decimals),
        el('small', {}, ` / ${part.kind === 'deduction' ? part.least : part.most}`)),
      el('td', {class: 'quiet'}, words[state])));
  });
  return el('section', {}, el('h3', {}, t('各项得分', 'Points')),
    table(t('各项得分', 'Points by indicator'),
      [label('part'), el('span', {class: 'unseen'}, t('图', 'Chart')),
        [label('score')], t('说明', 'Note')],
      rows, 'parts'));
}

// How a composite score is made, by its own arithmetic: the whole, then its groups.
function madeSection(made) {
  return made.length ? el('section', {}, el('h3', {}, t('得分怎样合成', 'How the score is made')),
    el('ul', {class: 'reasons'}, made.map(sentence => el('li', {}, told(sentence)))),
    quiet(t('按未经四舍五入的数计算。', 'Reckoned with numbers that are not rounded.'))) : null;
}

function missingSection(rules, missing, given) {
  if (!missing.length) return null;
  const sites = [...rules.parts.map((part, place) => [`${part.id} ${part.title}`,
    part.kind === 'deduction' ? part.least - given[place] : part.most - given[place]]),
  ...rules.gates.map(gate => [`${gate.id} ${gate.text}`, null]),
  ...rules.caps.map(cap => [`${cap.id} ${cap.text}`, null])];
  const facts = new Map();
  for (let place = 0; place < missing.length; place += 2) {
    const [label, office] = rules.missing[missing[place]];
    const key = label + '\n' + office;
    if (!facts.has(key)) facts.set(key, {label, office, sites: []});
    facts.get(key).sites.push(sites[missing[place + 1]]);
  }
  return el('section', {}, el('h3', {}, t('缺什么，找谁补', 'What is missing, and from whom')),
    table(t('缺少的事实', 'Missing facts'),
      [label('fact'), label('office'), label('countsIn'),
        [label('atStake')]],
      [...facts.values()].map(fact => el('tr', {}, el('th', {scope: 'row'}, fact.label),
        cells(fact.office || '—', fact.sites.map(site => el('div', {}, site[0]))),
        el('td', {class: 'number'}, fact.sites.map(site => el('div', {},
          site[1] === null ? '—' : String(Math.round(site[1] * 1000) / 1000))))))));
}

function shown(value, fact) {
  if (value === null || value === undefined) return el('span', {class: 'quiet'}, notStated());
  if (fact && fact.flag) return value === 'true' ? t('是', 'yes') : t('否', 'no');
  return fact && fact.codes && fact.codes[value] ? fact.codes[value] : String(value);
}

// What was delivered, where it is not what the value is shown as.
function delivered(raw, value, fact) {
  if (raw === undefined || raw === shown(value, fact)) return '';
  // A plain yes or no says the same in any language.
  if (fact && fact.flag && raw === {true: '是', false: '否'}[value]) return '';
  return el('div', {class: 'delivered'}, t('原文 ', 'as delivered '), el('q', {}, raw));
}

// The facts of one subject by id; they are delivered in the order of the rubric's facts, as
// [value, file, line, record, text as delivered], [[file, line, record, values…, texts]] or a count.
function factsOf(rules, cells) {
  return Object.fromEntries(Object.entries(rules.facts).map(([id, fact], place) => {
    const cell = cells[place];
    if (typeof cell === 'number') return [id, {count: cell}];
    if (!fact.fields || cell[0] === null) {
      const [value, file, line, record, raw] = cell;
      return [id, {value, file, line, record, raw}];
    }
    const keys = Object.keys(fact.fields);
    return [id, {rows: cell.map(([file, line, record, ...rest]) => ({file, line, record,
      values: keys.map((key, at) => [key, rest[at]]), raw: rest[keys.length] || {}}))}];
  }));
}

function evidenceSection(rules, evidence, corrections) {
  const overlaid = (one, field) => {
    const both = corrections[`${one.file}:${one.record}:${field}`];
    return both ? el('div', {class: 'quiet'}, told(both)) : '';
  };
  const title = el('h3', {}, t('依据的数据', 'Evidence'));
  if (!evidence) {
    return el('section', {}, title, quiet(
      t('本页没有载入这个对象的数据行；要逐项查看，请由运行人员出具告知书。',
        'The page does not carry this subject’s rows; its letter has them (heng explain).')));
  }
  const file = one => one.file === undefined ? '' : [run.paths[one.file],
    t(`，第 ${one.line} 行`, `, line ${one.line}`)];
  const rows = [];
  for (const [id, one] of Object.entries(evidence)) {
    const fact = rules.facts[id] || {label: id};
    const name = el('th', {scope: 'row'}, fact.label);
    const derived = fact.from ? el('span', {class: 'quiet'}, t('由此得出：', 'from: '),
      fact.from.join(t('、', ', '))) : '';
    if (one.rows) {
      if (!one.rows.length) {
        rows.push(el('tr', {}, name, cells(el('span', {class: 'quiet'}, t('没有记录', 'no rows')), '')));
      }
      one.rows.forEach((each, place) => {
        const values = each.values.map(([key, value]) => el('div', {},
          fact.fields[key].label + t('：', ': '), shown(value, fact.fields[key]),
          delivered(each.raw[key], value, fact.fields[key]), overlaid(each, key)));
        rows.push(el('tr', {}, place ? el('th', {scope: 'row'}, `${fact.label} (${place + 1})`)
          : name, el('td', {}, values), el('td', {class: 'place'}, file(each))));
      });
    } else if (one.count !== undefined) {
      rows.push(el('tr', {}, name, cells(number(one.count), '')));
    } else {
      rows.push(el('tr', {}, name, el('td', {}, shown(one.value, fact),
        delivered(one.raw, one.value, fact), overlaid(one, id)),
        el('td', {class: 'place'}, file(one).length ? file(one) : derived)));
    }
  }
  return el('section', {}, title,
    table(t('事实及其出处', 'Facts and where they stand'),
      [label('fact'), t('内容', 'Value'), label('place')], rows, 'evidence'),
    run.delivered ? '' : quiet(t('本页没有载入送交的原文；要看原文，请由运行人员出具告知书。',
      'The page does not carry the texts as delivered; the letter has them (heng explain).')));
}

function objection(rules, id) {
  return el('section', {class: 'objection'}, el('h3', {}, t('有异议怎么办', 'How to object')),
    el('p', {}, t('数据有误的，向出处所列文件的报送部门更正，下一次运行即按更正后的数据计算；也可以提交更正，写明对象代码、事项、原值、更正值、理由和日期。',
      'Where data are wrong, have the office that sent the file correct them; the next run counts '
      + 'the corrected row. Or file a correction with the code, the field, both values, the reason '
      + 'and the date.')),
    el('p', {}, t('对评价结果有异议的，请联系：', 'To object to the result: '),
      el('strong', {}, rules.appeal || run.contact || run.owner), t('，并注明代码 ', ', giving the code '),
      el('span', {class: 'code'}, id), t('。', '.')));
}
