/// Black on white, in the type of official letters, for A4.
let letterStyle: StaticString = """
  :root { --paper: #fff; --ink: #16181a; --quiet: #50555a; --line: #c9ccd0; --tint: #f3f3ee;
    color-scheme: light; }
  html { color: var(--ink); background: var(--paper); font: 11pt/1.7 var(--serif); }
  body { max-width: 182mm; margin: 0 auto; padding: 12mm 6mm; }
  article + article { break-before: page; margin-top: 20mm; }
  h1 { font-size: 18pt; text-align: center; font-weight: 600; letter-spacing: .1em;
    margin: 0 0 8mm; }
  h2 { font-size: 12pt; font-weight: 600; margin: 6mm 0 1.5mm; break-after: avoid; }
  h3 { font-size: 13pt; font-weight: 600; margin: 0 0 2mm; }
  p { margin: 0 0 1.5mm; }
  .to { font-size: 12.5pt; font-weight: 600; }
  code { font: 10pt var(--mono); color: var(--quiet); margin-left: .8em;
    font-weight: 400; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1.2em; margin: 2mm 0; }
  dt, small, .quiet, .detail { color: var(--quiet); }
  dd { margin: 0; }
  .quiet { font-size: 9.5pt; }
  .result { display: flex; border: 1px solid var(--ink); margin: 4mm 0 3mm; break-inside: avoid; }
  .result div { flex: 1 1 auto; padding: 2mm 3mm; border-right: 1px solid var(--line); }
  .result div:last-child { border-right: 0; }
  .result small { display: block; font-size: 9pt; }
  .result b { font-size: 11.5pt; font-weight: 600; }
  table { border-collapse: collapse; width: 100%; font-size: 10pt; }
  th, td { text-align: left; vertical-align: top; padding: .8mm 2mm; border: 1px solid var(--line); }
  th { font-weight: 600; background: var(--tint); white-space: nowrap; }
  td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  td p { margin: 0; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  tr.group { break-after: avoid; }
  tr.group td { background: var(--tint); font-weight: 600; }
  .item { margin-top: 1.5mm; break-after: avoid; }
  .detail { font-size: 9pt; line-height: 1.5; margin-bottom: .4mm; overflow-wrap: anywhere; }
  .signature { margin: 10mm 0 0 auto; width: max-content; max-width: 100%; break-inside: avoid; }
  .annex { break-before: page; margin-top: 14mm; }
  @page { size: A4; margin: 20mm 16mm; }
  @media print { body { max-width: none; padding: 0; } .annex { margin-top: 0; } }
  """
