// The first page: judgements in calibrated words, what carries each, what speaks against it, and what to watch.

import { clear, failed, h, note, signed } from '../dom.js'

export const view = {
  id: 'judgements',
  mount(element, app) {
    const made = new Judgements(element, app)
    return { show: () => made.show() }
  },
}

class Judgements {
  cards = new Map()
  told = null
  grounds = null
  asked = ''

  constructor(element, app) {
    this.app = app
    this.list = h('div', { class: 'judgement-list' }, note('Running the model …'))
    this.head = h('div', { class: 'opening' })
    this.scale = h('div')
    clear(element, this.head, h('h2', null, 'Key judgements'), this.list, this.scale)
    app.on('situation', () => { this.grounds = null; this.asked = ''; this.cards.clear(); this.#opening() })
    app.on('frame', frame => this.#paint(frame))
    app.on('settled', () => this.#more())
    if (app.situation) this.#opening()
    if (app.frame) this.#paint(app.frame)
  }

  show() { if (this.app.frame?.header.final) this.#more() }

  #opening() {
    const { situation, state } = this.app
    const { case: about } = situation
    clear(this.head, h('div', null,
      h('h1', null, about.title),
      h('p', { class: 'lede' }, about.summary),
      h('dl', { class: 'facts' },
        fact('Known up to', about.as_of), fact('Looks ahead', `${situation.months[0]} – ${situation.months.at(-1)}`),
        state.without.length ? fact('Without', state.without.join(', ')) : null)),
    h('div', { class: 'caveat' }, situation.caveats.map((text, place) => h(place ? 'p' : 'p', { class: place ? 'note' : 'strong' }, text)), h('p', { class: 'note' }, situation.score)))
  }

  #paint(frame) {
    const found = frame.header.judgements
    if (this.cards.size !== found.length || found.some(one => !this.cards.has(one.id))) {
      this.cards.clear()
      clear(this.list, found.map((one, place) => this.#card(one, place)))
    }
    for (const one of found) {
      const { statement, said, gauge, gap } = this.cards.get(one.id)
      statement.textContent = one.statement
      said.textContent = `${hundred(one.frequency)} of 100 runs`
      place(gauge, one)
      gap.textContent = one.gap ? `${signed(100 * one.gap.mean)} in 100 against the baseline (${signed(100 * one.gap.low)} to ${signed(100 * one.gap.high)})` : ''
    }
  }

  #card(one, number_) {
    const statement = h('h3', null, one.statement)
    const said = h('b')
    const range = h('span', { class: 'note range' }, 'range …')
    const gauge = h('div', { class: 'gauge', 'aria-hidden': 'true' }, h('i', { class: 'wide' }), h('i', { class: 'narrow' }), h('i', { class: 'dot' }))
    const gap = h('p', { class: 'change' })
    const body = h('div', { class: 'judgement-body' })
    const more = h('details', { class: 'judgement-more', open: number_ === 0 }, h('summary', null, 'What carries it, what speaks against it, what to watch'), body)
    this.cards.set(one.id, { statement, said, range, gauge, gap, body, more })
    return h('article', { class: 'judgement', dataset: { judgement: one.id } },
      h('p', { class: 'kicker' }, `${number_ + 1} · ${one.title}`), statement,
      h('div', { class: 'verdict' }, h('span', { class: 'said' }, said, ' ', range), gauge), gap, more)
  }

  /** What takes longer than a frame: ranges over assumptions; then, once, what leaving claims out does. */
  async #more() {
    const { app } = this
    const key = JSON.stringify(app.ask())
    if (this.asked === key || app.state.view !== 'judgements') return
    this.asked = key
    try {
      const told = await app.post('/api/judgements', app.ask())
      if (this.asked !== key) return
      this.#fill(told)
      const first = this.grounds === null
      const grounded = await app.post('/api/judgements/grounds', app.ask())
      if (this.asked !== key) return
      this.grounds = grounded
      this.#fill(grounded)
      if (first) app.announce('What carries each judgement has been measured.')
    } catch (error) {
      this.asked = ''
      clear(this.scale, failed(error))
    }
  }

  #fill(told) {
    for (const one of told.judgements) {
      const card = this.cards.get(one.id)
      if (!card) continue
      card.range.textContent = `range ${one.range.replace(' of 100 runs', '')}`
      place(card.gauge, { frequency: one.frequency, low: one.sampling_low, high: one.sampling_high }, one)
      clear(card.body, this.#body(one, told))
    }
    const scale = told.scale.map(([word, low, high]) => `${word} ${Math.round(100 * low)}–${Math.round(100 * high)}`).join(', ')
    clear(this.scale, note(`Each word stands for a stretch of probability: ${scale} (of 100 runs). On the line the dot is the share of runs, the thick stroke its Monte Carlo error, the thin one its range. ${told.range_note}`), told.measured ? note(told.measured) : null)
  }

  #body(one, told) {
    const waiting = told.measured === null
    return [
      h('p', { class: 'note' }, one.firmness),
      one.baseline ? h('p', { class: 'baseline' }, one.baseline) : null,
      h('dl', { class: 'asides' }, one.asides.map(each => h('div', null, h('dt', null, each.label), h('dd', null, h('b', null, each.middle), h('span', { class: 'note' }, each.range))))),
      h('div', { class: 'columns' },
        h('div', null, h('h4', null, one.sides.towards), one.carried.map(each => this.#weight(each, '+', waiting)),
          waiting ? h('p', { class: 'note' }, 'Measuring what each does …') : null,
          h('h4', null, one.sides.away), one.against ? this.#weight(one.against, '−', waiting) : note(waiting ? '…' : 'None of those tried pushes the other way.')),
        h('div', null, h('h4', null, 'Where sources disagree'), one.conflicts.length ? one.conflicts.map(each => this.#conflict(each)) : note('On nothing that bears on this.')),
        h('div', null, h('h4', null, 'Signs that would change it'), h('ul', { class: 'signs' }, one.signposts.map(sign => h('li', null, h('span', { class: 'arrow', 'aria-hidden': 'true' }, sign.likelier ? '▲' : '▼'), `${sign.observable}: ${sign.direction}`, h('small', null, sign.likelier ? ' (likelier)' : ' (less likely)')))))),
      one.moved_by_assumption ? note(`The assumption that moves it most: ${one.moved_by_assumption}`) : null,
      one.moved_by_source ? note(`The source that moves it most: ${one.moved_by_source}`) : null,
      h('h4', null, 'What it means'),
      h('dl', { class: 'meant' }, one.meant.map(([reader, text]) => h('div', null, h('dt', null, reader), h('dd', null, text)))),
    ]
  }

  #weight(weight, sign, waiting) {
    return h('div', { class: 'weight' },
      h('button', { type: 'button', class: 'claim', onclick: () => this.app.open('evidence', { claim: weight.claim.id }) },
        h('span', { 'aria-hidden': 'true' }, waiting ? '· ' : `${sign} `), weight.claim.paraphrase),
      h('p', { class: 'note small' }, `${weight.claim.source}, ${weight.claim.date}${weight.sources.length > 1 ? `; also ${weight.sources.filter(each => each !== weight.claim.source).join(', ')}` : ''}${waiting ? '' : ` · ${weight.effect}`}`))
  }

  #conflict(found) {
    return h('div', { class: 'conflict' }, h('p', null, found.what),
      h('ul', null, found.claims.slice(0, 3).map(claim => h('li', null, h('button', { type: 'button', class: 'claim', onclick: () => this.app.open('evidence', { claim: claim.id }) }, claim.paraphrase), h('small', null, ` ${claim.source}`)))),
      found.likely ? note(`Likely: ${found.likely}`) : null)
  }
}

const fact = (name, text) => h('div', null, h('dt', null, name), h('dd', null, text))

function hundred(value) {
  if (value > 0 && value < 0.005) return 'fewer than 1'
  if (value > 0.995 && value < 1) return 'more than 99'
  return String(Math.round(100 * value))
}

function place(gauge, found, range) {
  const [wide, narrow, dot] = gauge.children
  const put = (mark, low, high) => { mark.style.left = `${100 * low}%`; mark.style.width = `${100 * (high - low)}%` }
  put(narrow, found.low, found.high)
  if (range) put(wide, range.low, range.high)
  else put(wide, found.low, found.high)
  dot.style.left = `${100 * found.frequency}%`
}
