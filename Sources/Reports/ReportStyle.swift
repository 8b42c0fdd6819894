/// How the report page looks: quiet, in light and dark, from a telephone to a wall, and on A4.
let reportStyle: StaticString = #"""
  :root { --paper: #fbfbf9; --ink: #1e2124; --quiet: #5f656c; --line: #e2e2dc; --tint: #efefea;
    --raised: #ffffff; --accent: #2b5680; --soft: #dbe5ee; --warm: #8f4a12; --warmsoft: #f6e8da;
    color-scheme: light dark; }
  @media (prefers-color-scheme: dark) {
    :root { --paper: #15171a; --ink: #e6e6e2; --quiet: #a0a6ad; --line: #30343a; --tint: #24282d;
      --raised: #1b1e22; --accent: #94b8dc; --soft: #263646; --warm: #e0ab7a; --warmsoft: #3a2c1f; }
  }
  * { box-sizing: border-box; }
  html { background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
    font: 15px/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
      "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", sans-serif;
    font-variant-numeric: tabular-nums; }
  body { margin: 0; overflow-wrap: anywhere; }
  header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.5rem; }
  a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
  a:hover { text-decoration-thickness: 2px; }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  main:focus, h2:focus { outline: none; }
  .skip { position: absolute; left: -99rem; }
  .skip:focus { left: 1rem; top: .5rem; background: var(--raised); padding: .4rem .8rem; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
    white-space: nowrap; }
  header { padding-top: 1.75rem; }
  .title { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
  h1 { font-size: 1.45rem; line-height: 1.35; margin: 0; font-weight: 600; letter-spacing: .01em; }
  h2 { font-size: 1.3rem; line-height: 1.4; margin: 1.75rem 0 .5rem; font-weight: 600; }
  h3 { font-size: 1.05rem; margin: 2.5rem 0 .6rem; font-weight: 600; }
  h4 { font-size: 1rem; margin: 0 0 .5rem; font-weight: 600; }
  p { margin: .25rem 0 .75rem; }
  small, .quiet { color: var(--quiet); font-size: .84rem; }
  button, select, input { font: inherit; color: inherit; background: var(--raised);
    border: 1px solid var(--line); border-radius: 5px; padding: .3rem .7rem; max-width: 100%; }
  button { cursor: pointer; color: var(--accent); white-space: nowrap; flex: none; }
  button:disabled { color: var(--quiet); cursor: default; opacity: .6; }
  .views { display: flex; gap: 1.5rem; overflow: auto hidden; margin-top: .9rem;
    border-bottom: 1px solid var(--line); }
  .views a { white-space: nowrap; padding: .4rem 0 .5rem; color: var(--quiet);
    text-decoration: none; border-bottom: 2px solid transparent; }
  .views a:hover { color: var(--ink); }
  .views a:focus-visible { outline-offset: -2px; }
  .views a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
  .choices { display: flex; flex-wrap: wrap; gap: .4rem; margin: .5rem 0 .9rem; }
  .choices a { padding: .15rem .8rem; border: 1px solid var(--line); border-radius: 2rem;
    text-decoration: none; background: var(--raised); font-size: .92rem; }
  .choices a[aria-current] { background: var(--accent); border-color: var(--accent);
    color: var(--paper); }
  main { min-height: 60vh; padding-bottom: 3rem; padding-top: .25rem; }
  footer { border-top: 1px solid var(--line); padding-top: 1.25rem; padding-bottom: 3rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.25rem; margin: 0;
    font-size: .9rem; }
  dt { color: var(--quiet); }
  dd { margin: 0; }
  .tiles, .due, .plain, .reasons { list-style: none; padding: 0; margin: 1.1rem 0; }
  .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    gap: 1.1rem 1.5rem; }
  .tiles li { border-top: 2px solid var(--line); padding-top: .4rem; }
  .tiles b { display: block; font-size: 1.65rem; line-height: 1.25; font-weight: 500; }
  .tiles small { display: block; line-height: 1.45; margin-top: .15rem; }
  .due { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr));
    gap: 0 2rem; margin-top: 0; }
  .due a { display: flex; gap: .75rem; padding: .35rem 0; border-bottom: 1px solid var(--line);
    text-decoration: none; color: inherit; align-items: baseline; height: 100%; }
  .due b { min-width: 2.6em; text-align: right; color: var(--warm); font-weight: 600;
    font-size: 1.1rem; }
  .due a:hover span { text-decoration: underline; }
  .tools { display: flex; flex-wrap: wrap; gap: .6rem .9rem; margin: .75rem 0; align-items: end; }
  .tools > div { display: flex; flex-direction: column; min-width: 0; }
  .tools label { font-size: .8rem; color: var(--quiet); }
  .tools select { width: 11rem; }
  .tools .grow { flex: 1 1 14rem; }
  .tools input { width: 100%; }
  .found { color: var(--quiet); font-size: .88rem; margin: .25rem 0; }
  .pager { display: flex; gap: .5rem; margin: .9rem 0; flex-wrap: wrap; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; color: var(--quiet); font-size: .84rem; padding: .2rem 0; }
  th, td { text-align: left; vertical-align: top; padding: .42rem .9rem .42rem 0;
    border-bottom: 1px solid var(--line); font-weight: 400; }
  thead th { color: var(--quiet); font-size: .84rem; white-space: nowrap; vertical-align: bottom;
    border-bottom-color: var(--quiet); }
  thead button { border: 0; padding: 0; background: none; color: inherit; font-size: inherit; }
  thead button:hover { color: var(--ink); }
  .arrow { margin-left: .25em; opacity: .45; font-size: .9em; }
  [aria-sort=ascending] .arrow, [aria-sort=descending] .arrow { opacity: 1; color: var(--accent); }
  .number { text-align: right; white-space: nowrap; }
  .strong { font-weight: 600; }
  .number small { font-weight: 400; }
  td.number.strong small { display: inline; }
  .listing tbody th small, .listing td small.cure, .listing td small.code,
    .listing td.number small { display: block; }
  .listing td.number.strong small { white-space: nowrap; }
  .listing tbody th { min-width: 11rem; }
  .listing td { min-width: 3.2rem; }
  .why { min-width: 15rem; max-width: 30rem; font-size: .88rem; }
  .place { font-size: .84rem; color: var(--quiet); min-width: 9rem; }
  .code, code { font-family: ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
    font-size: .8rem; color: var(--quiet); }
  .tag { display: inline-block; padding: 0 .5em; border-radius: 4px; background: var(--tint);
    font-size: .86rem; white-space: nowrap; }
  .tag.tier { min-width: 2em; text-align: center; font-weight: 600; }
  .p-recommend { background: var(--soft); color: var(--accent); font-weight: 600; }
  .p-hold, .mark, .s-0 { background: var(--warmsoft); color: var(--warm); }
  .track { position: relative; display: block; height: .6rem; margin: .5rem 0; min-width: 5rem;
    background: var(--tint); }
  .track i { position: absolute; top: 0; bottom: 0; }
  .track .part { left: 0; width: var(--part); background: var(--accent); }
  .track.against .part { background: var(--warm); }
  .track .unknown { left: var(--part); width: var(--unknown); opacity: .55;
    background: repeating-linear-gradient(115deg, var(--accent) 0 1px, transparent 1px 4px); }
  .track .target { left: calc(var(--at) - 1px); width: 2px; top: -.25rem; bottom: -.25rem;
    background: var(--warm); }
  .overall { display: flex; gap: 1.25rem; align-items: center; max-width: 44rem; margin: .5rem 0; }
  .overall > b { font-size: 2.1rem; font-weight: 500; }
  .overall > div { flex: 1; }
  .overall p { margin: 0; }
  .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 23rem), 1fr));
    gap: 1.25rem 2.5rem; margin-top: 1rem; }
  .chart caption { color: var(--ink); font-weight: 600; font-size: .92rem; }
  .chart th, .chart td { padding: .16rem .6rem .16rem 0; border: 0; font-size: .88rem; }
  .chart td.quiet { padding-right: 0; font-size: .8rem; }
  .chart tbody th { width: 42%; line-height: 1.45; }
  .chart .wide { width: 36%; }
  .more { margin-top: .4rem; font-size: .84rem; }
  .cards { display: grid; gap: 1.25rem;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
  .card { background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
    padding: 1rem 1.15rem .6rem; }
  .card a { text-decoration: none; }
  .card a:hover { text-decoration: underline; }
  .card .row a { color: inherit; }
  .row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
  .scale { display: flex; justify-content: space-between; font-size: .78rem; color: var(--quiet);
    margin: 0 0 .6rem; }
  .spread { display: block; width: 100%; height: auto; }
  .spread rect { fill: var(--accent); }
  .spread .limit { stroke: var(--warm); stroke-dasharray: 2 2; }
  .spread .base { stroke: var(--line); }
  .interval { position: relative; display: block; height: .6rem; margin: .5rem .3rem .1rem;
    min-width: 6rem; }
  .interval::before { content: ""; position: absolute; left: 0; right: 0; top: 50%; height: 1px;
    background: var(--line); }
  .interval .span { position: absolute; left: var(--from); right: calc(100% - var(--to));
    top: calc(50% - 2px); height: 4px; background: var(--accent); opacity: .4; border-radius: 2px;
    min-width: 2px; }
  .interval .dot { position: absolute; left: calc(var(--rank) - 4px); top: calc(50% - 4px);
    width: 8px; height: 8px; border-radius: 50%; background: var(--accent); }
  td.span { min-width: 8rem; }
  .quota td { border-bottom: 2px solid var(--warm); color: var(--warm); font-size: .82rem;
    padding: .2rem 0; }
  .firm { min-width: 7rem; }
  .back { margin: 0 0 1rem; }
  .verdict { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12rem), 1fr));
    gap: 1.25rem 2rem; border-top: 2px solid var(--accent); padding-top: .9rem; }
  .verdict > div > small:first-child { display: block; }
  .verdict b { font-size: 1.9rem; font-weight: 500; line-height: 1.25; margin-right: .35rem; }
  .verdict .interval + small { display: block; }
  .reasons li { margin-bottom: .9rem; }
  .reasons dl { margin: .25rem 0 0 .25rem; }
  .group th { font-weight: 600; padding-top: 1rem; }
  .parts .wide { width: 30%; }
  .parts .basis { display: block; }
  .idle { color: var(--quiet); }
  .evidence td:last-child { color: var(--quiet); font-size: .84rem; min-width: 10rem; }
  .objection { border-left: 3px solid var(--accent); padding-left: 1rem; }
  .objection h3 { margin-top: 2.5rem; }
  q { quotes: none; background: var(--tint); padding: 0 .3em; }
  @media (max-width: 52rem) { .roomy { display: none; } }
  @media (max-width: 36rem) {
    header, main, footer { padding-left: 1rem; padding-right: 1rem; }
    .views { gap: 1.1rem; }
    dl { grid-template-columns: 1fr; }
    dd { margin-bottom: .35rem; }
    .tools select { width: 100%; }
    .tools > div { flex: 1 1 40%; }
    .due { grid-template-columns: 1fr; }
    .listing tbody th { min-width: 8rem; }
    .parts .wide { width: 18%; min-width: 3.5rem; }
    .overall { flex-direction: column; align-items: stretch; gap: 0; }
    .parts .track { min-width: 3rem; }
  }
  @media print {
    @page { size: A4; margin: 14mm 12mm; }
    :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --tint: #eee; --raised: #fff;
      --accent: #2b5680; --soft: #dbe5ee; --warm: #8f4a12; --warmsoft: #f6e8da; }
    html { font-size: 8.5pt; }
    header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
    .views, .tools, .pager, .choices, .skip, .more, .back, #language, .arrow { display: none; }
    .scroll { overflow: visible; }
    .roomy { display: table-cell; }
    .listing tbody th, .why, .place, td.span, .firm { min-width: 0; }
    h3, caption, .group { break-after: avoid; }
    tr, .card, .tiles li, .chart { break-inside: avoid; }
    thead { display: table-header-group; }
    a { color: inherit; text-decoration: none; }
    * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  }
  """#
