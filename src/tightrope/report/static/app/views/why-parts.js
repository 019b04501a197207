// What the tables of accounts are drawn with: names, exact numbers, bars.

import { h, signed, svg } from '../dom.js'

export const NAMES = { baseline: 'Habit and base rate', economy: 'Economy', security: 'Security', domestic: 'Domestic order', autonomy: 'Autonomy', principle: 'Principle', reputation: 'Reputation', risk: 'Risk', anchor: 'Anchor', sum: 'Sum: log-odds' }

/** Three decimals; what rounds to nothing has no sign. */
export function exact(value) {
  const text = Math.abs(value).toFixed(3)
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`
}

/** Bars to the right speak for the first option, to the left for the second; each says its number and the side that it speaks for. */
export function bars(one, change, names = NAMES) {
  const rows = [...one.rows, { account: 'sum', words: '', mean: one.total, low: one.total, high: one.total, before: one.total_before ?? one.total }]
  const reach = Math.max(0.05, ...rows.flatMap(row => [row.low, row.high, row.mean, change ? row.before : 0].map(Math.abs)))
  const said = rows.map(row => `${names[row.account] ?? row.account} ${signed(row.mean)}`).join(', ')
  return h('div', { class: 'accounts', role: 'img', 'aria-label': `${one.title}. Positive speaks for “${one.first}”, negative for “${one.second}”. ${said}` },
    h('div', { class: 'account ends' }, h('span'), h('span', { class: 'poles' }, h('span', null, `◀ ${one.second}`), h('span', null, `${one.first} ▶`)), h('span')),
    rows.map(row => h('div', { class: row.account === 'sum' ? 'account sum' : 'account' },
      h('span', { class: 'name' }, names[row.account] ?? row.account, row.words ? h('small', null, row.words) : null),
      bar(row, value => 50 + (48 * value) / reach, change),
      h('span', { class: 'num' }, `${row.mean < 0 ? '◀' : '▶'} ${signed(row.mean)}`, change && Math.abs(row.mean - row.before) >= 0.005 ? h('small', null, `Δ ${signed(row.mean - row.before)}`) : null))))
}

function bar(row, x, change) {
  return svg('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', class: 'bar' },
    svg('line', { x1: 50, x2: 50, y1: 0, y2: 10, class: 'axis' }),
    svg('rect', { x: Math.min(50, x(row.mean)), width: Math.abs(x(row.mean) - 50), y: 2, height: 6, class: row.mean < 0 ? 'against' : 'for' }),
    row.low === row.high ? null : svg('line', { x1: x(row.low), x2: x(row.high), y1: 5, y2: 5, class: 'span' }),
    change ? svg('rect', { x: x(row.before) - 0.5, width: 1, y: 0.5, height: 9, class: 'was' }) : null)
}
