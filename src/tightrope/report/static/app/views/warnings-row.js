// One warning as a row: severity by shape and word, how often and when, and behind it the rule, months and claims.

import { h, note, signed, svg, table } from '../dom.js'
import { certain, hundred } from '../gap.js'

export const RANK = { alarm: 4, warning: 3, notice: 2, due: 1, 'on record': 0 }
export const SHAPES = { alarm: '◆', warning: '▲', notice: '●', due: '◷', 'on record': '■' }
const STEPS = ['I', 'II', 'III']
const CHANGED = { new: 'new', gone: 'gone', rose: '▲ likelier', fell: '▼ less likely' }

/** The class of a severity; not the bare word, which other sheets use. */
export const tone = severity => `is-${severity.replace(' ', '-')}`

/** Severity as its shape and its word: never colour alone. */
export const badge = severity => h('span', { class: `badge ${tone(severity)}` }, h('span', { 'aria-hidden': 'true' }, `${SHAPES[severity]} `), severity)

export function row(one, list) {
  const more = h('details', { class: 'behind' }, h('summary', null, 'Rule, months, evidence', h('span', { class: 'hidden' }, ` of ${one.actor_name}: ${one.what}`)))
  more.addEventListener('toggle', () => { if (more.open && more.childElementCount === 1) more.append(...behind(one, list)) })
  return h('li', { class: `warned ${tone(one.severity)}${one.gone ? ' gone' : ''}`, dataset: { actor: one.actor, warning: one.id } },
    h('p', { class: 'level' }, badge(one.severity), change(one)),
    h('div', { class: 'what' },
      h('p', { class: 'kicker' }, h('button', { type: 'button', class: 'link', onclick: () => pick(one, list) }, one.actor_name), ` · ${one.kind_name} · ${when(one)}`),
      h('p', { class: 'text' }, one.what),
      h('p', { class: 'odds' }, odds(one)), more),
    one.first_times.length ? months(one, list) : null)
}

/** A second click takes the selection back. */
function pick(one, { app }) {
  const { selection } = app.state
  app.select(selection?.kind === 'actor' && selection.id === one.actor ? null : { kind: 'actor', id: one.actor })
}

function when(one) {
  if (one.origin === 'runs') return `within ${one.first_times.length} months; half of those runs by ${one.month}`
  return one.first === one.last ? one.first : `${one.first} to ${one.last}`
}

function odds(one) {
  if (one.origin === 'calendar') return one.rule
  if (one.origin === 'record') return `told by ${one.sources} source${one.sources === 1 ? '' : 's'}`
  return [h('b', null, `${hundred(one.frequency)} of 100 runs`), ` (${hundred(one.low)}–${hundred(one.high)}); ${one.runs.toLocaleString('en')} of ${one.total.toLocaleString('en')} runs trigger it`]
}

function change({ change: found }) {
  if (!found || found.word === 'same') return null
  const chance = found.mean !== null && !certain([found.mean, found.low, found.high].map(each => 100 * each)) ? ', within chance' : ''
  const by = found.mean === null ? '' : ` ${signed(100 * found.mean)} (was ${hundred(found.before)})${chance}`
  return h('span', { class: chance ? 'changed chance' : 'changed' }, CHANGED[found.word], by)
}

/** In how many runs it came first in each month, as small columns; the table is behind the row. */
function months(one, list) {
  const most = Math.max(...one.first_times)
  const bar = (count, at) => `M${at * 8} 30v${(-28 * count / most).toFixed(1)}h6V30z`
  const middle = list.ahead.indexOf(one.month)
  return h('div', { class: 'months', role: 'img', 'aria-label': `First time by month, ${list.ahead[0]} to ${list.ahead.at(-1)}: ${one.first_times.join(', ')} runs` },
    svg('svg', { viewBox: '0 0 96 31', 'aria-hidden': 'true' }, svg('path', { d: one.first_times.map(bar).join('') }), svg('path', { class: 'middle', d: `${bar(one.first_times[middle], middle)}M0 30.5h94` })),
    h('span', { 'aria-hidden': 'true' }, h('span', null, list.ahead[0]), h('span', null, list.ahead.at(-1))))
}

function behind(one, list) {
  return [note(h('b', null, 'Rule: '), one.rule), compared(one), distribution(one, list), links(one, list)].filter(Boolean)
}

function compared({ change: found }) {
  if (!found || found.mean === null || found.mean === undefined) return null
  const chance = certain([found.mean, found.low, found.high].map(each => 100 * each)) ? 'more than chance' : 'within chance'
  return note(h('b', null, 'Change: '), `${signed(100 * found.mean)} in 100 runs (${signed(100 * found.low)} to ${signed(100 * found.high)}), ${chance}; before, ${hundred(found.before)} of 100.`)
}

function distribution(one, list) {
  if (!one.first_times.length) return null
  let sum = 0
  return table({
    caption: `${one.actor_name}, ${one.kind_name}: the first time, by month`, columns: [{ title: 'Month' }, { title: 'Runs', num: true }, { title: 'Of those that come, so far', num: true }],
    rows: one.first_times.map((count, at) => { sum += count; return [list.ahead[at], count, `${((100 * sum) / one.runs).toFixed(1)} %`] }),
  })
}

function links(one, { app }) {
  const link = (text, onclick) => h('button', { type: 'button', class: 'link', onclick }, text)
  const claims = one.claims.length
  const bearing = one.origin === 'record' ? `The claim${claims === 1 ? '' : 's'} that tell of it (${claims})` : `Claims that bear on it (${claims})`
  return h('p', { class: 'links' },
    claims ? link(bearing, () => app.open('evidence', { claims: one.claims, of: `${one.origin === 'record' ? 'that tell of' : 'that bear on'} “${one.what}”` })) : h('span', { class: 'note' }, 'No claim in words bears on it; it rests on figures and base rates.'),
    link(`All claims about ${one.actor_name}`, () => app.open('evidence', { actor: one.actor })),
    link('On the map', () => { app.select({ kind: 'actor', id: one.actor }); app.open('map', { actor: one.actor }) }),
    h('span', { class: 'note id' }, one.id))
}

/** The written scale: in words, and as a table. */
export const written = scale => h('section', { class: 'written', 'aria-label': 'The scale of severity' },
  h('h3', null, 'How severity is graded'), note(scale.said),
  h('p', { class: 'legend' }, Object.keys(SHAPES).map(badge)),
  h('details', { class: 'behind' }, h('summary', null, 'Table'), table({
    caption: `Events by gravity, and their severity by how many runs have them within ${scale.months} months`,
    columns: [{ title: 'Event' }, { title: 'Gravity step' }, ...scale.likely.map((least, at) => ({ title: `frequency step ${STEPS[at]}: from ${100 * least} of 100` }))],
    rows: scale.gravity.map(([label, gravity]) => [label, STEPS[gravity - 1], ...scale.likely.map((_, at) => badge(scale.severity.find(([, least]) => gravity * (at + 1) >= least)[0]))]),
  })))
