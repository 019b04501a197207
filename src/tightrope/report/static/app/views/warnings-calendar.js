// Warnings as a calendar: a year to a row of months, each with how many of which severity; a month opens below its year.

import { h, note, table } from '../dom.js'
import { RANK, SHAPES, tone } from './warnings-row.js'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const ORDER = Object.keys(RANK)
const MOST = 60

export function calendar(shown, list) {
  if (!shown.length) return note('Nothing fits.')
  const months = counted(shown)
  const years = [...new Set([...months.keys()].map(month => month.slice(0, 4)))].sort().reverse()
  return h('div', { class: 'calendar' },
    note('A warning from runs stands in the month by which it has come in half of the runs in which it comes; what is on record or due, in the first month that it may be of. The newest year comes first.'),
    years.map(year => grid(year, months, list)), behind(months))
}

/** By month: how many of each severity, and which. */
function counted(shown) {
  const months = new Map()
  for (const one of shown) {
    if (!months.has(one.month)) months.set(one.month, { all: [], counts: new Map() })
    const month = months.get(one.month)
    month.all.push(one)
    month.counts.set(one.severity, (month.counts.get(one.severity) ?? 0) + 1)
  }
  return months
}

function grid(year, months, list) {
  const below = h('div', { class: 'opened' })
  const cells = MONTHS.map((name, at) => cell(name, `${year}-${String(at + 1).padStart(2, '0')}`, months, { list, below }))
  return h('section', { class: 'year', 'aria-label': year }, h('h3', null, year), h('ol', { class: 'grid' }, cells), below)
}

function cell(name, month, months, { list, below }) {
  const found = months.get(month)
  const here = list.app.state.month === month ? ' here' : ''
  if (!found) return h('li', { class: `cell${here}` }, h('span', { class: 'name' }, name))
  const counts = ORDER.filter(severity => found.counts.has(severity)).map(severity => [severity, found.counts.get(severity)])
  const said = counts.map(([severity, count]) => `${count} ${severity}`).join(', ')
  const button = h('button', { type: 'button', 'aria-expanded': 'false', 'aria-label': `${month}: ${said}`, onclick: () => opened(button, below, month, { found, list }) },
    h('span', { class: 'name' }, name), h('span', { class: 'counts', 'aria-hidden': 'true' }, counts.map(([severity, count]) => h('span', { class: `badge ${tone(severity)}` }, `${SHAPES[severity]} ${count}`))))
  return h('li', { class: `cell full ${tone(counts[0][0])}${here}` }, button)
}

/** Opens a month below its year, or closes it. */
function opened(button, below, month, { found, list }) {
  const open = button.getAttribute('aria-expanded') === 'true'
  for (const other of button.closest('.grid').querySelectorAll('button')) other.setAttribute('aria-expanded', 'false')
  button.setAttribute('aria-expanded', String(!open))
  if (open) return below.replaceChildren()
  const rest = found.all.length - MOST
  return below.replaceChildren(h('h4', null, month), h('ol', { class: 'warnings-list' }, found.all.slice(0, MOST).map(one => list.row(one))),
    ...(rest > 0 ? [note(`and ${rest.toLocaleString('en')} more; filter, or see the list`)] : []))
}

function behind(months) {
  const rows = [...months].sort(([one], [other]) => other.localeCompare(one)).map(([month, { counts }]) => [month, ...ORDER.map(severity => counts.get(severity) ?? 0)])
  return h('details', { class: 'behind' }, h('summary', null, 'Table'),
    table({ caption: 'Warnings by month and severity', columns: [{ title: 'Month' }, ...ORDER.map(severity => ({ title: severity, num: true }))], rows }))
}
