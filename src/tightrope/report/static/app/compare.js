// Pinned scenarios side by side: every judgement and every chart in sight, each with its difference from the baseline.

import { h, number, table } from './dom.js'
import { difference, hundred, unitOf } from './gap.js'
import { swatch } from './pins.js'

/** A table over the baseline, the levers as they stand, and the pins; null where there is nothing to compare. */
export function comparison(app, pins, fans) {
  const { frame, baselineFrame, situation } = app
  if (!frame || !pins.length) return null
  const columns = [
    { title: 'Baseline', frame: baselineFrame, plain: true },
    ...(app.moved() ? [{ title: 'Now', frame }] : []),
    ...pins.map(pin => ({ title: [swatch(pin.letter), ` ${pin.letter} `, h('span', { dir: 'auto' }, pin.name)], frame: pin.frame })),
  ].filter(one => one.frame)
  const judged = frame.header.judgements.map(one => [one.title, ...columns.map(column => judgement(column, one.id))])
  const charted = fans.map(id => situation.fans.find(one => one.id === id)).filter(Boolean)
    .map(spec => [`${spec.title}, ${spec.unit}`, ...columns.map(column => quantity(column, spec))])
  return h('div', { class: 'compare' },
    h('h3', null, 'Side by side'),
    table({
      caption: `Runs in 100 by the end, and the mean of the last month; Δ is the difference of the means from the baseline’s same ${frame.header.runs.toLocaleString('en')} runs with its 90 % interval`,
      columns: [{ title: 'Quantity' }, ...columns.map(column => ({ title: column.title }))],
      rows: [...judged, ...charted],
    }))
}

function judgement({ frame, plain }, id) {
  const found = frame.header.judgements.find(one => one.id === id)
  if (!found) return '–'
  const gap = found.gap ? difference([100 * found.gap.mean, 100 * found.gap.low, 100 * found.gap.high], '') : 'no difference'
  return cell(hundred(found.frequency), plain ? '' : gap)
}

function quantity({ frame, plain }, spec) {
  const place = frame.place(spec.id)
  if (place < 0) return '…'
  const value = number(frame.at('means', place))
  return cell(value, plain ? '' : difference(frame.row('gaps', place), unitOf(spec)))
}

const cell = (value, gap) => [h('b', null, value), gap ? h('span', { class: 'gap' }, gap) : null]
