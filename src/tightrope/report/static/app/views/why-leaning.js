// Why a power's share moved: which account by how many points, and the power's table against own strength, now and without levers.

import { behind, clear, h, note, number, signed, signedAlike, table } from '../dom.js'
import { bars, exact, NAMES } from './why-parts.js'

const STARTED = { ...NAMES, baseline: 'Start' }
const POINTS = { ...STARTED, sum: 'Sum: points' }

/** One power at a time, by default the one whose share moved most; the reader's own choice stays. */
export class Leaning {
  picked = null

  constructor(account, grounds) {
    Object.assign(this, { account, grounds })
    this.element = h('article', { class: 'decision', tabindex: '-1', dataset: { decision: 'leanings' } })
  }

  /** Choose a power from outside, with or without what stands behind it; the next `fill` shows it. */
  pick(id, opened = false) {
    this.picked = id ?? this.picked
    this.opened = opened
  }

  fill(told, by) {
    this.told = told
    this.by = by
    this.#show()
  }

  #offered() { return this.told.leanings.filter(one => this.told.moved || one.table) }

  #chosen() {
    const offered = this.#offered()
    const size = one => (this.told.moved ? Math.abs(one.total) : one.share)
    return offered.find(one => one.id === this.picked) ?? offered.reduce((most, one) => (size(one) > size(most) ? one : most))
  }

  #show() {
    const one = this.#chosen()
    clear(this.element, h('h3', null, 'Leaning, power by power'), note('The start and all months together, to the last one; the parts add up to the whole.'), this.#picker(one), this.#share(one),
      this.told.moved ? this.#moved(one) : null, one.table ? this.#table(one) : null)
    const grounds = this.opened && this.element.querySelector('details.grounded')
    this.opened = false
    if (grounds) grounds.open = true
  }

  #picker(chosen) {
    const choose = one => {
      this.pick(one.id)
      this.#show()
      this.element.querySelector('[aria-pressed="true"]').focus()
    }
    const totals = signedAlike(...this.#offered().map(one => one.total))
    return h('div', { class: 'picker', role: 'group', 'aria-label': 'Which power' }, this.#offered().map((one, at) =>
      h('button', { type: 'button', 'aria-pressed': String(one === chosen), dataset: { power: one.id }, onclick: () => choose(one) }, this.told.moved ? `${one.title} ${totals[at]}` : one.title)))
  }

  #share({ title, share, before, total, chief }) {
    const change = this.told.moved ? `, without levers ${number(before)} %: ${signed(total)} points${chief ? `, ${chief}` : ''}` : ''
    return h('p', { class: 'odds' }, h('b', null, title), ` has ${number(share)} % of alignment by ${this.by}${change}.`)
  }

  /** What the levers moved, by account: bars in points, and the table that says how much of it the others did. */
  #moved(one) {
    if (!one.parts.length) return note('Nothing that the levers change moves this share.')
    const title = `${one.title}: what the levers change, in points of alignment`
    return [h('h4', null, title), bars({ title, first: 'more', second: 'less', rows: one.parts, total: one.total }, false, POINTS), h('div', { class: 'backs' }, behind('Table', () => this.#points(one, title)), this.grounds({ rows: one.parts }, STARTED))]
  }

  #points(one, caption) {
    const spread = this.told.run === null
    const row = (name, words, part) => [name, words, exact(part.mean), ...(spread ? [part.low === undefined ? '' : `${exact(part.low)} to ${exact(part.high)}`] : []), exact(part.own), exact(part.others)]
    const sum = key => one.parts.reduce((whole, part) => whole + part[key], 0)
    return table({
      caption: `${caption}. Shares sum to 100, so one falls where the others gain: that part is the others’`,
      columns: [{ title: 'Account' }, { title: 'What it weighs' }, { title: 'Points', num: true }, ...(spread ? [{ title: '5–95 % of runs', num: true }] : []), { title: 'By itself', num: true }, { title: 'By the others', num: true }],
      rows: [...one.parts.map(part => row(POINTS[part.account], part.words, part)), row(h('b', null, POINTS.sum), '', { mean: one.total, own: sum('own'), others: sum('others') })],
    })
  }

  /** The power's own table, drawn as those of decisions are. */
  #table({ table: found }) {
    return [h('h4', null, found.title), this.account(found, this.told, STARTED)]
  }
}
