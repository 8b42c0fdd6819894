// @ts-check
// Findings, quarantined rows and delivered files.

const severities = () => [t('错误', 'error'), t('警告', 'warning'), t('提示', 'note')];

const placeOf = (file, line) => file < 0 || run.paths[file] === undefined ? ''
  : run.paths[file] + t(`，第 ${line} 行`, `, line ${line}`);

async function findingsView() {
  const {rows, texts} = await load('findings');
  const filters = [
    {key: 'severity', title: t('程度', 'Severity'), of: row => rows[row][0],
      name: value => severities()[value]},
    {key: 'rule', title: t('问题', 'Kind'), of: row => texts[rows[row][1]], name: value => value},
    {key: 'file', title: t('文件', 'File'), of: row => rows[row][3],
      name: value => run.paths[value] || t('不限于一个文件', 'no single file')},
  ];
  for (const filter of filters) filter.options = options(rows.length, filter.of, filter.name);
  const message = row => told(rows[row][6]);
  return [
    heading(t('数据问题', 'Findings')),
    quiet(t('运行照常进行，但需要有人核对的地方；错误在前。',
      'The run went on; these are for a person to look at, the gravest first.')),
    listing({
      caption: t('数据问题', 'Findings'), count: () => rows.length, filters,
      searchHint: t('对象、问题或内容', 'subject, kind or text'),
      search: (row, words) => [rows[row][2], texts[rows[row][1]], texts[rows[row][5]], message(row)]
        .join('\n').toLowerCase().includes(words),
      file: 'findings.csv',
      note: () => run.findings > rows.length
        ? t(`；本页载有前 ${number(rows.length)} 项，共 ${number(run.findings)} 项`,
          `; the page carries ${number(rows.length)} of ${number(run.findings)}`) : '',
      columns: [
        {key: 'severity', title: t('程度', 'Severity'), value: row => rows[row][0]},
        {key: 'what', title: t('问题', 'What'), value: message},
        {key: 'subject', title: t('对象', 'Subject'), kind: 'roomy', value: row => rows[row][2]},
        {key: 'place', title: t('出处', 'Source'), kind: 'roomy',
          value: row => placeOf(rows[row][3], rows[row][4])},
      ],
      row: row => {
        const [severity, rule, subject, file, line, , , zh, en] = rows[row];
        return el('tr', {},
          el('td', {}, tag('s-' + severity, severities()[severity])),
          el('td', {}, message(row), el('small', {class: 'cure'}, texts[language() === 'zh' ? zh : en]),
            el('small', {class: 'code'}, texts[rule])),
          el('td', {class: 'roomy code'}, subject),
          el('td', {class: 'roomy place'}, placeOf(file, line)));
      },
    }),
  ];
}

async function quarantineView() {
  const {rows, texts} = await load('quarantine');
  const filters = [
    {key: 'reason', title: t('原因', 'Reason'), of: row => texts[rows[row][3]], name: value => value},
    {key: 'file', title: t('文件', 'File'), of: row => rows[row][0],
      name: value => run.paths[value] || ''},
  ];
  for (const filter of filters) filter.options = options(rows.length, filter.of, filter.name);
  const message = row => told(rows[row][6]);
  return [
    heading(t('退回待改的记录', 'Quarantined rows')),
    quiet(t(`共 ${number(run.quarantine)} 条未采用；一条记录可有多项原因。按说明更正后重新报送即可。`,
      `${number(run.quarantine)} rows were not accepted; a row may have several reasons. Mend them `
      + 'as said and send them again.')),
    listing({
      caption: t('退回待改的记录', 'Quarantined rows'), count: () => rows.length, filters,
      searchHint: t('文件、字段或内容', 'file, field or text'),
      search: (row, words) => [run.paths[rows[row][0]], texts[rows[row][4]], rows[row][5],
        message(row)].join('\n').toLowerCase().includes(words),
      file: 'quarantine.csv',
      columns: [
        {key: 'place', title: t('出处', 'Source'),
          value: row => placeOf(rows[row][0], rows[row][1])},
        {key: 'field', title: t('字段', 'Field'), value: row => texts[rows[row][4]]},
        {title: t('原文', 'As delivered'), kind: 'roomy'},
        {key: 'what', title: t('原因和更正办法', 'Reason and cure'), value: message},
      ],
      row: row => {
        const [file, line, , code, field, raw, , zh, en] = rows[row];
        return el('tr', {}, el('td', {class: 'place'}, placeOf(file, line)),
          el('td', {}, texts[field]), el('td', {class: 'roomy'}, el('q', {}, raw)),
          el('td', {}, message(row), el('small', {class: 'cure'}, texts[language() === 'zh' ? zh : en]),
            el('small', {class: 'code'}, texts[code])));
      },
    }),
  ];
}

// Who delivered what, beside the run before.
function returnsView() {
  if (!run.returns.length) return [];
  const heads = [t('单位', 'Office'), t('记录', 'Record'), t('来源', 'Profile'),
    t('县区', 'District'), t('文件', 'Files'), t('记录数', 'Rows'), t('上次', 'Before'),
    t('情况', 'State')];
  return [
    el('h3', {id: 'returns'}, t('报送情况', 'Who delivered what')),
    el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'returns'},
      el('table', {},
        el('thead', {}, el('tr', {}, heads.map(head => el('th', {scope: 'col'}, head)))),
        el('tbody', {}, run.returns.map(line => el('tr', {},
          line.slice(0, 4).map(text => el('td', {}, text)),
          numbers(line[4], line[5], line[6] < 0 ? '' : line[6]),
          el('td', {class: line[8] ? 'p-recommend' : null}, told(line[7]))))))),
  ];
}

// What of the delivery was not read, and why.
function asideView() {
  if (!run.aside.length) return [];
  return [
    el('h3', {}, t(`未读取（${run.aside.length}）`, `Not read (${run.aside.length})`)),
    el('ul', {class: 'plain'}, run.aside.map(entry => el('li', {}, el('b', {}, entry.path), ' ',
      told(entry.what), el('small', {class: 'cure'}, told(entry.cure))))),
  ];
}

function filesView() {
  const rows = run.files;
  return [
    heading(t('报送文件', 'Delivered files')),
    ...returnsView(),
    quiet(t('读入 = 采用 + 退回 + 被取代；一条记录也不会丢失。',
      'Read = accepted + quarantined + superseded; no row is lost.')),
    listing({
      caption: t('报送文件', 'Delivered files'), count: () => rows.length, filters: [],
      searchHint: t('文件名', 'file name'),
      search: (row, words) => rows[row].slice(0, 3).join('\n').toLowerCase().includes(words),
      file: 'manifest.json',
      columns: [
        {key: 'file', title: t('文件', 'File'), value: row => rows[row][0]},
        {key: 'profile', title: t('格式', 'Profile'), kind: 'roomy', value: row => rows[row][1]},
        {key: 'encoding', title: t('编码', 'Encoding'), kind: 'roomy', value: row => rows[row][2]},
        ...[t('读入', 'Read'), t('采用', 'Accepted'), t('退回', 'Quarantined'),
          t('被取代', 'Superseded'), t('合计不符', 'Totals that disagree')].map((title, place) =>
          ({key: 'n' + place, title, number: true, down: true,
            value: row => rows[row][3 + place]})),
      ],
      row: row => el('tr', {}, el('th', {scope: 'row'}, rows[row][0]),
        el('td', {class: 'roomy'}, rows[row][1]), el('td', {class: 'roomy'}, rows[row][2]),
        numbers(...rows[row].slice(3))),
    }),
    ...asideView(),
    el('h3', {}, t('全部表格', 'All tables')),
    el('ul', {class: 'plain'}, run.tables.map(path => el('li', {}, el('a', {href: path}, path)))),
  ];
}
