// The first page: judgements in calibrated words, what carries each, what speaks against it, and what to watch.

import { clear, failed, h, note } from '../dom.js'
import { briefly, certain, difference, hundred, judged, soFar } from '../gap.js'

const CLAIMS_SHOWN = 3
const RANGE = 'How far the assumptions move the answer: from where they make it least often so to where most often. More under “How to read this”.'

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches

export const view = {
  id: 'judgements',
  mount(element, app) {
    const made = new Judgements(element, app)
    return { show: params => made.show(params) }
  },
}

class Judgements {
  cards = new Map()
  asked = ''
  aim = null

  constructor(element, app) {
    this.app = app
    this.head = h('div', { class: 'about' })
    this.glance = h('ol', { class: 'glance' }, h('li', null, note('Running the model …')))
    this.hint = h('p', { class: 'note hint' }, 'Press a sentence to see what carries it. The range is how far the assumptions move the answer. ',
      h('button', { type: 'button', class: 'link', onclick: () => this.#explain() }, 'How to read this'))
    this.beside = h('div', { class: 'beside' })
    this.articles = h('div', { class: 'articles' })
    this.scale = h('div', { class: 'reading', tabindex: '-1' })
    clear(element,
      h('div', { class: 'opening' },
        h('div', null, this.head, this.glance, this.hint), this.beside),
      this.articles, this.scale)
    app.on('situation', () => this.#begin())
    app.on('frame', frame => this.#paint(frame))
    app.on('settled', () => this.#more())
    if (app.situation) this.#begin()
    if (app.frame) this.#paint(app.frame)
  }

  #explain() {
    this.scale.scrollIntoView({ behavior: calm() ? 'auto' : 'smooth', block: 'start' })
    this.scale.focus({ preventScroll: true })
  }

  show({ judgement } = {}) {
    if (this.app.frame?.header.final) this.#more()
    if (judgement) this.#aim(judgement)
  }

  /** Down to a judgement, and again once those above it have grown, unless the reader has moved on. */
  #aim(judgement) {
    this.aim = judgement
    this.cards.get(judgement)?.go()
    const forget = () => { this.aim = null }
    for (const kind of ['wheel', 'touchstart', 'pointerdown', 'keydown']) addEventListener(kind, forget, { once: true, passive: true })
  }

  #begin() {
    this.asked = ''
    this.cards.clear()
    const { situation, state } = this.app
    const { case: about } = situation
    clear(this.head,
      h('h2', { class: 'title', dir: 'auto' }, about.title),
      h('p', { class: 'facts note' }, [`Known up to ${about.as_of}`, `looks ahead ${situation.months[0]} to ${situation.months.at(-1)}`,
        state.without.length && `without ${state.without.join(', ')}`].filter(Boolean).join(' · ')))
    // The first of them stands at the foot of every view, on the screen; on paper it does not.
    clear(this.beside,
      h('div', { class: 'caveat' }, situation.caveats.map((text, place) => h('p', { class: place ? null : 'strong printed' }, text)), h('p', null, situation.score)),
      h('h3', null, 'The case'), h('p', { class: 'lede', dir: 'auto' }, about.summary))
  }

  #paint(frame) {
    const found = frame.header.judgements
    if (this.cards.size !== found.length || found.some(one => !this.cards.has(one.id))) this.#lay(found)
    for (const one of found) this.cards.get(one.id).paint(one, frame)
    if (this.asked !== JSON.stringify(this.app.ask())) for (const card of this.cards.values()) card.age()
  }

  #lay(found) {
    this.cards = new Map(found.map((one, place) => [one.id, new Card(one, place, this.app)]))
    const cards = [...this.cards.values()]
    clear(this.glance, cards.map(card => card.line))
    clear(this.articles, h('h2', { class: 'articles-title' }, 'Key judgements'), cards.map(card => card.article))
  }

  /** What takes longer than a frame: ranges over assumptions; then what leaving claims out does. */
  async #more() {
    const { app } = this
    const key = JSON.stringify(app.ask())
    if (this.asked === key || app.state.view !== 'judgements') return
    this.asked = key
    try {
      for (const path of ['/api/judgements', '/api/judgements/grounds']) {
        const told = await app.post(path, app.ask())
        if (this.asked !== key) return
        this.#fill(told)
      }
    } catch (error) {
      if (this.asked !== key) return
      this.asked = ''
      clear(this.scale, failed(error))
    }
  }

  #fill(told) {
    for (const one of told.judgements) this.cards.get(one.id)?.fill(one, told)
    this.cards.get(this.aim)?.go()
    const scale = told.scale.map(([word, low, high]) => h('span', null, h('b', null, word), ` ${Math.round(100 * low)}–${Math.round(100 * high)}`))
    clear(this.scale,
      h('h3', null, 'How to read this'),
      h('p', { class: 'words' }, 'Each word stands for a stretch of probability, in 100 runs: ', scale),
      legend(), note(told.range_note),
      told.judgements[0] ? note(told.judgements[0].rule) : null,
      told.measured ? note(told.measured) : null,
      note('Signs and meanings are written rules of this project, chosen by the level of the probability; they are no advice on any transaction.'))
  }
}

/** One judgement: its line at the top and its article below, alive with the levers. */
class Card {
  #range = null

  constructor(one, place, app) {
    this.app = app
    this.line = this.#line(one)
    this.article = this.#article(one, place)
  }

  #line(one) {
    this.words = h('span')
    this.asked = h('button', { type: 'button', class: 'statement', dir: 'auto', onclick: () => this.go() }, h('span', { class: 'sign', 'aria-hidden': 'true' }, '▸'), this.words)
    this.count = h('b')
    this.spread = h('span', { class: 'spread', title: RANGE })
    this.shift = h('span', { class: 'shift' })
    this.small = gauge()
    return h('li', { dataset: { glance: one.id } }, this.asked,
      h('span', { class: 'span' }, this.count, this.spread, this.shift), this.small)
  }

  #article(one, place) {
    this.statement = h('h3', { id: `judgement-${one.id}`, tabindex: '-1', dir: 'auto' })
    this.word = h('span', { class: 'word' })
    this.said = h('span', { class: 'said-range' })
    this.large = gauge()
    this.firmness = h('p', { class: 'note firmness' })
    this.change = h('p', { class: 'change' })
    this.body = h('div', { class: 'judgement-body' }, note('…'))
    return h('article', { class: 'judgement', dataset: { judgement: one.id }, 'aria-labelledby': `judgement-${one.id}` },
      h('p', { class: 'kicker', dir: 'auto' }, `${place + 1} · ${one.title}`), this.statement,
      h('div', { class: 'verdict' }, h('p', { class: 'said' }, this.word, this.said),
        h('div', null, this.large, h('p', { class: 'ends', 'aria-hidden': 'true' }, ['0', '50', '100'].map(each => h('span', null, each))))),
      this.change, this.firmness, this.body)
  }

  /** Down to the article, at once: what is filled in meanwhile would stop a glide half-way. */
  go() {
    this.article.scrollIntoView({ block: 'start' })
    this.statement.focus({ preventScroll: true })
  }

  /** What every frame tells. */
  paint(one, frame) {
    this.soFar = soFar(frame)
    this.words.textContent = this.statement.textContent = one.statement
    this.word.textContent = one.word[0].toUpperCase() + one.word.slice(1)
    this.count.textContent = `${hundred(one.frequency)} of 100 runs`
    this.#tellRange()
    const { final } = frame.header
    const moves = final && certain(judged(one))
    this.shift.textContent = one.gap ? briefly(judged(one), final) : ''
    this.shift.classList.toggle('chance', !moves)
    this.change.textContent = this.app.moved() ? changed(one, this.soFar) : ''
    this.change.classList.toggle('still', !moves)
    const was = this.app.moved() ? one.frequency - (one.gap?.mean ?? 0) : null
    for (const made of [this.small, this.large]) put(made, one, this.#range ?? one, was)
  }

  #tellRange() {
    const range = this.soFar || (this.#range ? `range ${this.#range.text}` : 'range …')
    this.spread.textContent = range
    this.said.textContent = `${this.count.textContent}; ${range}`
  }

  /** Something moved: what took longer to work out is of the time before. */
  age() {
    this.#range = null
    this.#tellRange()
    this.body.classList.add('stale')
    this.firmness.classList.add('stale')
  }

  /** What the slower answers tell: the range, the claims, the signs. */
  fill(one, told) {
    this.#range = { low: one.low, high: one.high, text: one.range.replace(' of 100 runs', '') }
    this.#tellRange()
    for (const made of [this.small, this.large]) stretch(made.querySelector('.wide'), one.low, one.high)
    this.firmness.textContent = one.firmness
    clear(this.body, this.#body(one, told))
    this.body.classList.remove('stale')
    this.firmness.classList.remove('stale')
  }

  #body(one, told) {
    return [
      h('dl', { class: 'asides' }, one.asides.map(each => h('div', null, h('dt', null, each.label), h('dd', null, h('b', null, each.mean), h('span', null, each.range))))),
      one.baseline ? h('p', { class: 'plain-baseline' }, one.baseline) : null,
      h('div', { class: 'columns' }, this.#grounds(one, told), this.#movers(one, told), this.#signs(one)),
      one.conflicts.length ? h('div', { class: 'disputes' }, h('h4', null, 'Where the sources disagree'), h('div', { class: 'pair' }, one.conflicts.map(each => this.#conflict(each)))) : null,
      h('div', { class: 'meant' }, h('h4', null, 'What it means'),
        h('dl', null, one.meant.map(([reader, text]) => h('div', null, h('dt', null, reader), h('dd', { dir: 'auto' }, text))))),
    ]
  }

  /** What was measured without the levers, by leaving things out: its own runs, and its own value, once. */
  #grounds(one, told) {
    if (told.measured === null) return h('div', null, h('h4', null, 'Claims that bear on it; what each does is being measured …'), one.carried.map(each => this.#weight(each, true)))
    const none = note('No claim that was tried pushes this way.')
    return h('div', { class: 'world' }, h('h4', null, one.measured_on),
      h('h5', null, one.sides.towards), one.carried.length ? one.carried.map(each => this.#weight(each, false)) : none,
      h('h5', null, one.sides.away), one.against ? this.#weight(one.against, false) : none.cloneNode(true),
      one.without_source ? [h('h5', null, 'Report that moves it most'), h('p', { dir: 'auto' }, one.without_source)] : null)
  }

  /** What these runs themselves tell: by what each of them drew. */
  #movers(one, told) {
    const levers = this.app.moved() ? ', with the levers as they stand' : ''
    return h('div', { class: 'world' }, h('h4', null, `Measured in these ${told.runs.toLocaleString('en')} runs${levers}: ${hundred(one.frequency)} of 100`),
      h('h5', null, 'Assumption that moves it most'), h('p', { dir: 'auto' }, one.moved_by_assumption ?? 'No single one by more than chance alone may do.'))
  }

  #signs(one) {
    return h('div', null, h('h4', null, 'Signs that would change it'),
      h('ul', { class: 'signs' }, one.signposts.map(sign => h('li', null,
        h('span', { class: sign.likelier ? 'arrow up' : 'arrow down', 'aria-hidden': 'true' }, sign.likelier ? '▲' : '▼'),
        `${sign.observable} ${sign.direction}: `, h('b', null, sign.likelier ? 'likelier' : 'less likely')))))
  }

  #weight(weight, waiting) {
    const others = weight.sources.filter(each => each !== weight.claim.source)
    const meta = [`${weight.claim.source}, ${weight.claim.date}`, others.length && `also ${others.join(', ')}`, !waiting && weight.absent]
    return h('div', { class: 'weight' }, this.#claim(weight.claim), h('p', { class: 'meta' }, meta.filter(Boolean).join(' · ')))
  }

  #claim(claim) {
    return h('button', { type: 'button', class: 'claim', dir: 'auto', onclick: () => this.app.open('evidence', { claim: claim.id }) }, claim.paraphrase)
  }

  /** Both sides short and side by side, one claim of each source; the rest is a press away. */
  #conflict(found) {
    const sides = [...new Map([...found.claims].reverse().map(claim => [claim.source, claim])).values()].reverse().slice(0, CLAIMS_SHOWN)
    const more = found.claims.length - sides.length
    return h('div', { class: 'conflict' }, h('p', { dir: 'auto' }, found.what),
      h('ul', { class: 'sides' }, sides.map(claim => h('li', null, h('span', { class: 'meta' }, claim.source), this.#claim(claim)))),
      h('p', { class: 'meta', dir: 'auto' }, found.likely ? `Likely: ${found.likely} ` : null,
        more > 0 ? h('button', { type: 'button', class: 'link', onclick: () => this.app.open('evidence', { claims: found.claims.map(one => one.id), of: 'that disagree' }) }, `all ${found.claims.length} claims`) : null))
  }
}

/** The probability on a line from 0 to 100; what it says stands beside it as text. */
const gauge = () => h('div', { class: 'gauge', role: 'img', 'aria-label': '' },
  h('i', { class: 'wide' }), h('i', { class: 'narrow' }), h('i', { class: 'dot' }), h('i', { class: 'was', hidden: true }))

/** The marks of the line, each beside its words. */
const legend = () => h('p', { class: 'marks' }, h('span', null, 'On the line, from none of 100 runs to all of them:'), [
  ['dot', 'the share of runs'], ['narrow', 'its 90 % Monte Carlo error, which more runs make narrower'], ['wide', 'its range over assumptions'], ['was', 'the case without levers'],
].map(([kind, text]) => h('span', null, h('span', { class: 'gauge sample', 'aria-hidden': 'true' }, h('i', { class: kind })), text)))

function put(made, one, range, was) {
  const [wide, narrow, dot, before] = made.children
  stretch(wide, range.low, range.high)
  stretch(narrow, one.low, one.high)
  dot.style.left = `${100 * one.frequency}%`
  before.hidden = was === null
  if (was !== null) before.style.left = `${100 * was}%`
  made.setAttribute('aria-label', `${hundred(one.frequency)} of 100 runs, on a line from 0 to 100`)
}

function stretch(mark, low, high) {
  mark.style.left = `${100 * low}%`
  mark.style.width = `${100 * (high - low)}%`
}

/** How much the levers change it, in a sentence; of a preview without a verdict. */
function changed(one, soFar) {
  if (!one.gap) return soFar ? '' : 'Not one run differs from the baseline.'
  return `${difference(judged(one), 'of 100 runs', !soFar)}, against the baseline’s same runs${soFar ? `; ${soFar}` : ''}`
}
