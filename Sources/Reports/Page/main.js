// @ts-check
// Which view the address asks for.

const views = () => [
  [{}, t('总览', 'Overview'), true],
  [{ranking: (run.rankings[0] || {}).id}, label('rankings'), run.rankings.length > 0],
  [{screening: (run.screenings[0] || {}).id}, label('screenings'),
    run.screenings.length > 0],
  [{view: 'formation'}, label('formation'), run.formations.length > 0],
  [{view: 'statistics'}, label('statistics'), run.statistics > 0],
  [{view: 'findings'}, label('findings'), run.findings > 0],
  [{view: 'quarantine'}, label('returnedRows'), run.quarantine > 0],
  [{view: 'files'}, t('文件', 'Files'), true],
].filter(view => view[2]);

function frame(main) {
  const kind = state.has('ranking') ? 'ranking' : state.has('screening') ? 'screening'
    : state.get('view') || '';
  const other = language() === 'zh' ? 'en' : 'zh';
  const about = [
    [t('截止日期', 'As of'), run.asOf], [t('用途', 'Purpose'), run.purpose],
    [t('法律依据', 'Legal basis'), run.legalBasis], [t('规则', 'Rules'), run.rules],
    [t('规则依据', 'Basis of the rules'), run.basis], [t('负责单位', 'Owner'), run.owner],
    [t('查询、更正、申诉', 'Questions, corrections, appeals'), run.contact],
  ].filter(pair => pair[1]);
  return [
    el('a', {class: 'skip', href: '#main', onclick: event => {
      event.preventDefault();
      document.getElementById('main').focus();
    }}, t('跳到正文', 'Skip to the content')),
    el('header', {},
      el('div', {class: 'title'}, el('h1', {}, run.title),
        el('button', {type: 'button', id: 'language', lang: other, onclick: () => {
          state.set('lang', other);
          history.replaceState(null, '', '#' + state);
          show().then(() => document.getElementById('language').focus());
        }}, other === 'en' ? 'English' : '中文')),
      el('p', {class: 'quiet'}, t(`截止 ${run.asOf} · ${run.rules}`, `As of ${run.asOf} · ${run.rules}`)),
      el('nav', {class: 'views', 'aria-label': t('内容', 'Contents')},
        views().map(([target, title]) => el('a', {href: address(target),
          'aria-current': (Object.keys(target)[0] === 'view' ? target.view
            : Object.keys(target)[0] || '') === kind ? 'page' : null}, title)))),
    el('main', {id: 'main', tabindex: '-1'}, main),
    el('footer', {}, el('dl', {}, about.map(([name, value]) =>
      [el('dt', {}, name), el('dd', {}, value)])),
    run.notice ? quiet(run.notice) : null, quiet(`${run.tool} · ${run.id}`)),
  ];
}

function content() {
  if (state.has('ranking')) {
    const ranking = run.rankings.find(one => one.id === state.get('ranking'));
    if (ranking) {
      return state.has('subject') ? subjectView(ranking, state.get('subject'))
        : rankingView(ranking);
    }
  }
  if (state.has('screening')) {
    const screening = run.screenings.find(one => one.id === state.get('screening'));
    if (screening) return screeningView(screening);
  }
  if (state.get('view') === 'formation') return formationView();
  if (state.get('view') === 'statistics') return statisticsView();
  if (state.get('view') === 'findings') return findingsView();
  if (state.get('view') === 'quarantine') return quarantineView();
  if (state.get('view') === 'files') return filesView();
  if (state.get('view') === 'ratings' && run.ratings) return ratingsView();
  return overview();
}

async function show() {
  refresh = null;
  const asked = location.hash;
  const page = document.getElementById('page');
  page.setAttribute('aria-busy', 'true');
  // Something is seen at once, however long the files take.
  if (!page.firstChild && location.hash) page.append(...frame(quiet(t('正在载入…', 'Loading …'))));
  let main;
  try {
    main = await content();
  } catch (error) {
    main = [heading(t('打不开', 'Cannot be shown')), el('p', {role: 'alert'}, error.message)];
  }
  // The reader may have gone on while files were loaded.
  if (asked !== location.hash) return;
  document.documentElement.lang = language() === 'zh' ? 'zh-Hans' : 'en';
  page.replaceChildren(...frame(main));
  page.removeAttribute('aria-busy');
}

function arrive() {
  state = new URLSearchParams(location.hash.slice(1));
  return show();
}

addEventListener('hashchange', () => arrive().then(() => {
  scrollTo(0, 0);
  const top = document.getElementById('top');
  if (top) top.focus({preventScroll: true});
}));
addEventListener('beforeprint', () => { if (refresh) refresh.print(true); });
addEventListener('afterprint', () => { if (refresh) refresh.print(false); });
arrive();
