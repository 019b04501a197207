// Pinned scenarios side by side: every judgement and every chart in sight, each with its difference from the baseline.

import { csvLine } from './csv.js'
import { h, number, table } from './dom.js'
import { difference, hundred, judged, nameOf, unitOf } from './gap.js'
import { swatch } from './pins.js'

/** A table over the baseline, the levers as they stand, and the pins; null where there is nothing to compare. */
export function comparison(app, pins, fans) {
  const { frame } = app
  if (!frame || !pins.length) return null
  const columns = columnsOf(app, pins)
  return h('div', { class: 'compare' },
    h('div', { class: 'compare-head' }, h('h3', null, 'Side by side'),
      h('button', { type: 'button', class: 'link', 'aria-label': 'Side by side as CSV', onclick: () => app.saveFile(`${app.state.case}-side-by-side.csv`, 'text/csv', csvOf(app, columns, fans)) }, 'CSV')),
    table({
      caption: `Runs in 100 by the end, and the mean of the last month; Δ is the difference of the means from the baseline’s same ${frame.header.runs.toLocaleString('en')} runs with its 90 % Monte Carlo interval`,
      columns: [{ title: 'Quantity' }, ...columns.map(column => ({ title: column.title }))],
      rows: quantities(app, fans).map(one => [one.title, ...columns.map(column => cell(one, column))]),
    }))
}

function columnsOf(app, pins) {
  const { frame, baselineFrame } = app
  return [
    { title: 'Baseline', name: 'baseline', frame: baselineFrame, plain: true },
    ...(app.moved() ? [{ title: 'Now', name: `now: ${nameOf(app)}`, frame }] : []),
    ...pins.map(pin => ({ title: [swatch(pin.letter), ` ${pin.letter} `, h('span', { dir: 'auto' }, pin.name)], name: `${pin.letter}: ${pin.name}`, frame: pin.frame })),
  ].filter(one => one.frame)
}

/** What is compared: each judgement by its own words, each chart in sight; `of(frame)` gives value and difference. */
function quantities({ frame, situation }, fans) {
  return [
    ...frame.header.judgements.map(one => ({ title: `${one.clause[0].toUpperCase()}${one.clause.slice(1)}: of 100 runs`, unit: 'of 100 runs', tell: hundredths, gapUnit: '', of: other => ofJudgement(other, one.id) })),
    ...fans.map(id => situation.fans.find(one => one.id === id)).filter(Boolean)
      .map(spec => ({ title: `${spec.title}, ${spec.unit}`, unit: spec.unit, tell: number, gapUnit: unitOf(spec), of: other => ofChart(other, spec.id) })),
  ]
}

const hundredths = value => hundred(value / 100)

function ofJudgement({ header }, id) {
  const found = header.judgements.find(one => one.id === id)
  return found ? { value: 100 * found.frequency, gap: judged(found) } : null
}

function ofChart(frame, id) {
  const place = frame.place(id)
  return place < 0 ? null : { value: frame.at('means', place), gap: [...frame.row('gaps', place)] }
}

function cell(one, { frame, plain }) {
  const found = one.of(frame)
  return found ? [h('b', null, one.tell(found.value)), plain ? null : h('span', { class: 'gap' }, difference(found.gap, one.gapUnit, frame.header.final))] : '…'
}

/** The same as text: a line for each quantity and scenario. */
function csvOf(app, columns, fans) {
  const { header } = app.frame
  const plain = value => Number(value.toPrecision(6))
  const rows = quantities(app, fans).flatMap(one => columns.map(column => {
    const found = one.of(column.frame)
    return found && csvLine([one.title, column.name, one.unit, plain(found.value), ...(column.plain ? ['', '', ''] : found.gap.map(plain))])
  })).filter(Boolean)
  return [`# Side by side; ${header.runs} runs; seed ${header.seed}; case ${header.digest}. Values are runs in 100 by the end and means of the last month; differences are from the baseline's same runs, with the 90 % Monte Carlo interval of their mean.`,
    csvLine(['quantity', 'scenario', 'unit', 'value', 'difference', 'difference_low', 'difference_high']), ...rows, ''].join('\n')
}
