// @ts-check
// What source documents state, beside what this delivery gives.

function published() {
  if (!run.published) return null;
  const figures = tableOf(run.published);
  const own = id => id + (language() === 'zh' ? '' : '_en');
  const rows = Array.from({length: figures.count}, (_, row) => el('tr', {},
    el('th', {scope: 'row'}, figures.text(own('title'), row)),
    el('td', {class: 'number'}, figures.shown('as', row), figures.shown('as', row) ? ' ' : '',
      figures.text('stated', row), unitOf(figures, row)),
    el('td', {class: 'number strong'}, figures.text('computed', row) || '—'),
    el('td', {class: 'number'}, figures.text('difference', row)),
    el('td', {class: 'state'}, tag('f-' + figures.word('state', row).id,
      figures.shown('state', row))),
    el('td', {}, figures.text(own('explanation'), row),
      figures.text('place', row) ? el('small', {class: 'basis'},
        t(`原文：“${figures.text('place', row)}”`, `Source: “${figures.text('place', row)}”`))
        : '')));
  const sources = [...new Set(Array.from({length: figures.count}, (_, row) =>
    figures.text('source', row)))];
  return el('section', {'aria-labelledby': 'published'},
    el('h3', {id: 'published'}, label('published')),
    quiet(t('公布数字来自：', 'The published figures are those of: '),
      sources.join(t('；', '; ')),
      t('。公布的数字只作对照，不改变任何计算结果。', '. They are compared with, and change no result.')),
    table(label('published'), [figures.title(own('title')), [figures.title('stated')],
      [figures.title('computed')], [figures.title('difference')], figures.title('state'),
      figures.title(own('explanation'))], rows, 'figures'),
    quiet(t('全部内容：', 'All rows: '), el('a', {href: 'published.csv'}, 'published.csv')));
}

// The pack's word for what is counted, which is in its language.
const unitOf = (figures, row) => figures.text('unit', row) ? ' ' + figures.text('unit', row) : '';
