// How sure the change of a power's share is: by chance, from run to run, and by what each run draws; over any view.

import { clear, failed, h, note, number, signedAlike, svg, table } from './dom.js'
import { certain, hundred, lastMonth, nameOf } from './gap.js'

/** One dialog for the page; `open(id)` asks what it needs and shows a power by the id of its share. */
export class Certainty {
  told = null
  asked = ''

  constructor(app) {
    this.app = app
    this.title = h('h2', { id: 'certainty-title', tabindex: '-1' })
    this.body = h('div')
    const close = h('button', { type: 'button', onclick: () => this.element.close() }, 'Close')
    this.element = h('dialog', { class: 'certainty', 'aria-labelledby': 'certainty-title' }, h('div', { class: 'certainty-head' }, this.title, close), this.body)
    this.element.addEventListener('click', event => { if (event.target === this.element) this.element.close() })
    document.body.append(this.element)
  }

  async open(id) {
    const question = this.app.ask()
    const key = JSON.stringify(question)
    this.title.textContent = 'How sure'
    if (key !== this.asked) clear(this.body, note('Looking at the runs …'))
    if (!this.element.open) this.element.showModal()
    try {
      if (key !== this.asked) this.told = await this.app.post('/api/certainty', question)
      this.asked = key
      this.#show(id)
    } catch (error) {
      this.asked = ''
      clear(this.body, failed(error))
    }
  }

  #show(id) {
    const one = this.told.shares.find(each => each.id === id) ?? this.told.shares[0]
    const mean = signedAlike(...this.told.shares.map(each => each.mean))[this.told.shares.indexOf(one)]
    this.title.textContent = `How sure: ${one.title} ${mean} points of alignment`
    clear(this.body, this.#picker(one),
      note(`${nameOf(this.app)}, against the case as it is, by ${lastMonth(this.app)}. ${this.told.runs.toLocaleString('en')} runs, each made twice with the same random numbers: a difference is the levers’ doing.`),
      drawing(one), this.#said(one), assumptions(one),
      h('h3', null, 'Compared with the record'), h('p', null, this.app.situation.score),
      this.#links(one))
    this.title.focus()
  }

  #picker(chosen) {
    const means = signedAlike(...this.told.shares.map(one => one.mean))
    return h('div', { class: 'picker', role: 'group', 'aria-label': 'Which power' }, this.told.shares.map((one, at) => h('button', {
      type: 'button', 'aria-pressed': String(one === chosen), dataset: { power: one.id }, onclick: () => { this.#show(one.id); this.body.querySelector('[aria-pressed="true"]').focus() },
    }, `${one.title} ${means[at]}`)))
  }

  #said(one) {
    const [mean, low, high] = signedAlike(one.mean, one.low, one.high)
    const [p05, p25, p50, p75, p95] = signedAlike(...one.quantiles)
    const chance = certain([one.mean, one.low, one.high]) ? 'chance alone would not make it' : 'within chance: it may be nothing'
    return h('dl', null, [
      ['On average', [h('b', null, `${mean} points`), `: ${number(one.share)} % of alignment instead of ${number(one.before)} %. Monte Carlo error ${low} to ${high}, ${chance}. More runs make it narrower.`]],
      ['From run to run', [h('b', null, `${p05} to ${p95} in nine of ten runs`), `, ${p25} to ${p75} in half of them, median ${p50}. Each run draws its own assumptions; more runs do not make this narrower.`]],
      ['Which way', [h('b', null, `It goes up in ${hundred(one.rises)} of 100 runs`), `, down in ${hundred(one.falls)}.`]],
    ].map(([name, text]) => h('div', null, h('dt', null, name), h('dd', null, text))))
  }

  #links({ id, title }) {
    const go = (view, params) => () => { this.element.close(); this.app.open(view, params) }
    return h('p', { class: 'certainty-links' },
      h('button', { type: 'button', class: 'link', onclick: go('outcomes', { fan: id }) }, `Outcomes: ${title} over time`),
      h('button', { type: 'button', class: 'link', onclick: go('why', { power: id.replace('share-', '') }) }, `Why ${title} moves`))
  }
}

/** Runs on a line of points: nine tenths, half, the mean; what it says stands below as text. */
function drawing({ quantiles: [p05, p25, , p75, p95], mean }) {
  const [least, most] = [Math.min(0, p05), Math.max(0, p95)]
  const x = value => 20 + (560 * (value - least)) / (most - least || 1)
  const bar = (from, to, kind, high) => svg('rect', { x: x(from), width: Math.max(2, x(to) - x(from)), y: 22 - high / 2, height: high, class: kind })
  const at = (value, text) => svg('text', { x: x(value), y: 52, 'text-anchor': x(value) > 540 ? 'end' : x(value) < 60 ? 'start' : 'middle' }, text)
  return svg('svg', { viewBox: '0 0 600 56', class: 'certainty-line', 'aria-hidden': 'true' },
    svg('line', { x1: 8, x2: 592, y1: 22, y2: 22, class: 'axis' }), bar(p05, p95, 'outer', 12), bar(p25, p75, 'inner', 12),
    svg('line', { x1: x(0), x2: x(0), y1: 8, y2: 36, class: 'zero' }), svg('circle', { cx: x(mean), cy: 22, r: 5, class: 'mean' }),
    at(0, '0'), [p05, p95].filter(value => Math.abs(x(value) - x(0)) > 70).map(value => at(value, signedAlike(p05, p95)[value === p05 ? 0 : 1])))
}

/** What each run draws for itself: what moves the change most, by the thirds of runs that draw it lowest and highest. */
function assumptions({ assumptions: found, title }) {
  const heading = h('h3', null, 'Assumptions that move it most')
  if (!found.length) return [heading, note('No single thing that runs draw moves it by more than chance alone may do.')]
  return [heading, table({
    caption: `Mean change of ${title}, points, in the third of runs that draw it lowest, and highest`,
    columns: [{ title: 'What is drawn' }, { title: 'Drawn low', num: true }, { title: 'Drawn high', num: true }],
    rows: found.map(one => [one.meaning, ...signedAlike(one.low, one.high)]),
  })]
}
