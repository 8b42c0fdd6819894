/// How the report page looks: quiet, in light and dark, from a telephone to a wall, and on A4.
let reportStyle: [StaticString] = [
  styleTokens, styleBase, frameStyle, overviewStyle, listStyle, narrowStyle,
]

/// The frame around every view, and what occurs in all of them.
private let frameStyle: StaticString = #"""
  header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 2rem; }
  main:focus, h2:focus { outline: none; }
  .skip { position: absolute; left: -99rem; }
  .skip:focus { left: 1rem; top: .5rem; background: var(--raised); padding: .4rem .8rem; z-index: 1; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap; }
  header { padding-top: 2rem; }
  .title { display: grid; grid-template-columns: 1fr max-content; gap: 1.5rem;
    align-items: start; }
  h2 { font-size: 1.4rem; line-height: 1.4; margin: 2rem 0 .6rem; font-weight: 600; }
  td.quiet { max-width: none; }
  select { padding-right: .3rem; }
  .views { display: flex; gap: 1.75rem; overflow: auto hidden; margin-top: 1.1rem;
    border-bottom: 1px solid var(--line); }
  .views a { white-space: nowrap; padding: .45rem 0 .55rem; color: var(--quiet);
    text-decoration: none; border-bottom: 2px solid transparent; }
  .views a:hover { color: var(--ink); }
  .views a:focus-visible { outline-offset: -2px; }
  .views a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
  .choices { display: flex; flex-wrap: wrap; gap: .4rem; margin: .6rem 0 1rem; }
  .choices a { padding: .15rem .85rem; border: 1px solid var(--line); border-radius: 2rem;
    text-decoration: none; background: var(--raised); font-size: .92rem; }
  .choices a:hover { border-color: var(--accent); }
  .choices a[aria-current] { background: var(--accent); border-color: var(--accent);
    color: var(--paper); }
  main { min-height: 60vh; padding-bottom: 4rem; padding-top: .5rem; }
  [aria-busy] main { opacity: .5; transition: opacity .2s .3s; }
  footer { border-top: 1px solid var(--line); padding-top: 1.5rem; padding-bottom: 3rem; }
  .tag.tier { min-width: 2.2em; text-align: center; font-weight: 600; }
  .p-recommend { background: var(--soft); color: var(--accent); font-weight: 600; }
  .p-hold, .mark, .s-0 { background: none; color: var(--ink); font-weight: 600;
    box-shadow: inset 0 0 0 1px var(--quiet); }
  .plain, .reasons, .due { list-style: none; padding: 0; margin: 1.1rem 0; }
  q { quotes: none; background: var(--tint); padding: 0 .3em; border-radius: 2px; }
  """#

private let overviewStyle: StaticString = #"""
  .warnings { list-style: none; padding: .6rem 1rem; margin: 1.1rem 0; border-left: .3rem solid
    var(--accent); background: var(--soft, transparent); font-weight: 600; }
  .due { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
    gap: 0 2.5rem; margin-top: 0; }
  .due a { display: flex; gap: .9rem; padding: .45rem 0; border-bottom: 1px solid var(--line);
    text-decoration: none; color: inherit; align-items: baseline; height: 100%; }
  .due b { min-width: 2.2em; text-align: right; color: var(--accent); font-weight: 600;
    font-size: 1.1rem; }
  .due a:hover span { text-decoration: underline; text-underline-offset: .25em; }
  .overall { display: flex; gap: 1.5rem; align-items: center; max-width: 46rem; margin: .75rem 0; }
  .overall > b { font-size: 2.4rem; font-weight: 400; line-height: 1.2; }
  .overall > div { flex: 1; }
  .overall p { margin: 0; }
  .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr));
    gap: 1.75rem 2.75rem; margin-top: 1.5rem; }
  .chart caption { color: var(--ink); font-weight: 600; font-size: .92rem; padding-bottom: .35rem; }
  .chart th, .chart td { padding: .2rem .7rem .2rem 0; border: 0; font-size: .88rem; }
  .chart td.quiet { font-size: .8rem; }
  .chart td:last-child { padding-right: 0; }
  .chart tbody th { width: 42%; line-height: 1.5; }
  .chart .wide { width: 36%; }
  .more { margin-top: .5rem; font-size: .86rem; min-height: 0; }
  .cards { display: grid; gap: 1.25rem;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
  .card { background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
    padding: 1.1rem 1.25rem .75rem; min-width: 0; }
  .card a { text-decoration: none; }
  .card a:hover { text-decoration: underline; }
  .card .row a { color: inherit; }
  .row { display: flex; flex-wrap: wrap; gap: .3rem 1.1rem; }
  .scale { display: flex; justify-content: space-between; font-size: .8rem; color: var(--quiet);
    margin: .15rem 0 .75rem; }
  svg { display: block; }
  .spread { width: 100%; height: auto; }
  .spread rect { fill: var(--accent); }
  .spread .limit, .line .limit { stroke: var(--quiet); stroke-dasharray: 2 3; }
  .spread .base { stroke: var(--line); }
  .changes .wide { width: 22%; }
  .changes tbody th, .lists tbody th { min-width: 11rem; }
  .basis { display: block; }
  .moves { margin: .75rem 0; }
  .moves .cards { margin-top: .75rem;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr)); }
  .movers caption { color: var(--ink); font-weight: 600; }
  .movers th, .movers td { padding: .25rem .8rem .25rem 0; font-size: .88rem; }
  .movers td { border: 0; }
  .movers tbody th { border: 0; }
  """#

/// Long tables, screening lists and the page of a subject.
private let listStyle: StaticString = #"""
  .tools { display: flex; flex-wrap: wrap; gap: .7rem .9rem; margin: .9rem 0; align-items: end; }
  .tools > div { display: flex; flex-direction: column; min-width: 0; }
  .tools label { font-size: .82rem; color: var(--quiet); }
  .tools select { width: 11rem; }
  .tools .grow { flex: 1 1 16rem; }
  .tools input { width: 100%; }
  .found { color: var(--quiet); font-size: .88rem; margin: .25rem 0; }
  .pager { display: flex; gap: .5rem; margin: 1rem 0; flex-wrap: wrap; }
  thead button { border: 0; padding: 0; background: none; color: inherit; font-size: inherit;
    min-height: 1.6rem; }
  thead button:hover { color: var(--ink); }
  .arrow { margin-left: .25em; opacity: .5; font-size: .9em; }
  [aria-sort=ascending], [aria-sort=descending] { color: var(--ink); }
  [aria-sort=ascending] .arrow, [aria-sort=descending] .arrow { opacity: 1; color: var(--accent); }
  td.number.strong small { display: inline; }
  .listing tbody th small, .listing td small.cure, .listing td small.code,
    .listing td.number small { display: block; }
  .listing td.number.strong small { white-space: nowrap; }
  .listing tbody tr:hover { background: color-mix(in srgb, var(--tint) 55%, transparent); }
  .listing tbody th { min-width: 11rem; }
  .listing tbody th a { text-decoration: none; }
  .listing tbody th a:hover { text-decoration: underline; }
  .listing tbody th .code { white-space: nowrap; }
  .listing td { min-width: 3.2rem; }
  .state { white-space: nowrap; }
  .why { min-width: 12rem; max-width: 30rem; font-size: .88rem; }
  .place { font-size: .86rem; color: var(--quiet); min-width: 9rem; }
  .interval { position: relative; display: block; height: .6rem; margin: .55rem .3rem .1rem;
    min-width: 6rem; }
  .interval::before { content: ""; position: absolute; left: 0; right: 0; top: 50%; height: 1px;
    background: var(--line); }
  .interval .span { position: absolute; left: var(--from); right: calc(100% - var(--to));
    top: calc(50% - 2px); height: 4px; background: var(--accent); opacity: .4; border-radius: 2px;
    min-width: 2px; }
  .interval .dot { position: absolute; left: calc(var(--rank) - 4px); top: calc(50% - 4px);
    width: 8px; height: 8px; border-radius: 50%; background: var(--accent); }
  td.span { min-width: 8rem; }
  .quota td { border-bottom: 2px solid var(--ink); font-size: .84rem; padding: .3rem 0; }
  .firm { min-width: 7rem; }
  .back { margin: 0 0 1rem; }
  .back a { text-decoration: none; }
  .verdict { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr));
    gap: 1.5rem 2.5rem; border-top: 1px solid var(--ink); padding-top: 1rem; }
  .verdict > div > small:first-child { display: block; }
  .verdict b { font-size: 2.2rem; font-weight: 400; line-height: 1.3; margin-right: .35rem; }
  .verdict .interval { margin-left: 4px; margin-right: 4px; }
  .verdict .interval + small { display: block; }
  .reasons li { margin-bottom: 1rem; }
  .reasons dl { margin: .3rem 0 0 .25rem; }
  .line { margin: .5rem 0 1rem; }
  .past .run { color: var(--quiet); font-size: .88rem; min-width: 14rem; }
  .line polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; }
  .line circle { fill: var(--paper); stroke: var(--accent); stroke-width: 1.5; }
  .line .now { fill: var(--accent); }
  .line text { font-size: 11px; text-anchor: middle; fill: var(--quiet); }
  .line .score { fill: var(--ink); font-size: 12px; font-weight: 600; }
  .line .from { text-anchor: start; }
  .group th { font-weight: 600; padding-top: 1.25rem; }
  .parts .wide { width: 30%; }
  .parts .track { width: var(--size); min-width: 2px; }
  .parts td:last-child { min-width: 5rem; }
  .idle { color: var(--quiet); }
  .evidence th, .evidence td { padding-top: .3rem; padding-bottom: .3rem; font-size: .9rem; }
  .evidence tbody th { width: 30%; min-width: 8rem; }
  .evidence td:last-child { color: var(--quiet); font-size: .84rem; min-width: 10rem; width: 40%; }
  .delivered { color: var(--quiet); font-size: .84rem; overflow-wrap: anywhere; }
  .objection { border-left: 2px solid var(--accent); padding-left: 1.25rem; margin-top: 3rem; }
  .objection h3 { margin-top: 0; }
  .objection p { max-width: 56rem; }
  """#

private let narrowStyle: StaticString = #"""
  @media (min-width: 120rem) {
    html { font-size: 16px; }
    header, main, footer { max-width: 92rem; }
  }
  @media (max-width: 56rem) { .roomy { display: none; } }
  @media (max-width: 36rem) {
    header, main, footer { padding-left: 1rem; padding-right: 1rem; }
    header { padding-top: 1.25rem; }
    h1 { font-size: 1.3rem; }
    h3 { margin-top: 2.25rem; }
    .views { gap: 1.25rem; }
    dl { grid-template-columns: 1fr; }
    dd { margin-bottom: .35rem; }
    .verdict dl, .reasons dl { grid-template-columns: max-content 1fr; }
    .tiles { grid-template-columns: 1fr 1fr; gap: 1.25rem 1.25rem; }
    .tools select { width: 100%; }
    .tools > div { flex: 1 1 40%; }
    .listing tbody th { min-width: 8rem; }
    .parts .wide { width: 18%; min-width: 3.5rem; }
    .overall { flex-direction: column; align-items: stretch; gap: 0; }
    .objection { padding-left: 1rem; }
  }
  @media print {
    @page { size: A4; margin: 14mm 13mm; }
    html { font-size: 8.5pt; line-height: 1.5; }
    header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
    header { padding-top: 0; }
    header { border-bottom: 1px solid var(--ink); }
    h2 { margin-top: 4mm; }
    h3 { margin-top: 6mm; }
    .views, .tools, .pager, .choices, .skip, .more, .back, #language, .arrow { display: none; }
    .scroll { overflow: visible; }
    .roomy { display: table-cell; }
    th, td { padding: .9mm 2.5mm .9mm 0; }
    .listing tbody th, .why, .place, td.span, .firm, .changes tbody th { min-width: 0; }
    .tiles { grid-template-columns: repeat(5, 1fr); gap: 3mm 5mm; margin: 3mm 0; }
    .due { grid-template-columns: 1fr 1fr; }
    .charts { grid-template-columns: 1fr 1fr; }
    .cards { grid-template-columns: 1fr 1fr; }
    h2, h3, h4, caption, .group { break-after: avoid; }
    tr, .card, .tiles li, .chart, .overall, .verdict, .objection, .line { break-inside: avoid; }
    thead { display: table-header-group; }
    tbody tr:first-child { break-before: avoid; }
    .verdict { grid-template-columns: 1fr 1fr 1fr max-content; }
    .verdict .code { white-space: nowrap; }
    .overall, .charts { break-before: avoid; }
    a { color: inherit; text-decoration: none; }
    main { min-height: 0; padding-bottom: 0; }
    footer { break-inside: avoid; margin-top: 6mm; }
  }
  """#
