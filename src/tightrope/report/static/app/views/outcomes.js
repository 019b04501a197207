// Outcomes over time: fans of all runs, the baseline behind them, up to four pinned scenarios beside them.

import { Chart, MODES, monthNames, repaint, short } from '../charts.js'
import { comparison } from '../compare.js'
import { behind, clear, failed, h, note, number, table } from '../dom.js'
import { briefly, certain, difference, hundred, judged, nameOf, slug, soFar, unitOf } from '../gap.js'
import { bandsText, picture, pixels } from '../picture.js'
import { Pins } from '../pins.js'

const USUAL = ['share-rus', 'share-west', 'share-chn', 'share-own', 'event-unrest', 'compliance']
const QUANTILES = ['5 %', '25 %', 'median', '75 %', '95 %']
const DOTS = 20
const KEYS = {
  fan: [['middle', 'median of the runs'], ['inner', 'half of the runs'], ['outer', 'nine tenths of the runs']],
  dots: [['dot', 'a twentieth of the runs each, where they end in the last month']],
  paths: [['middle', '20 single runs, the same ones whatever is moved; the thick one is the first']],
}

export const view = {
  id: 'outcomes',
  mount(element, app) {
    const made = new Outcomes(element, app)
    return { show: params => made.show(params), hide: () => made.hide() }
  },
}

class Outcomes {
  cards = new Map()
  odds = new Map()
  mode = 'fan'
  shown = false

  constructor(element, app) {
    this.app = app
    this.grid = h('div', { class: 'fans' })
    this.oddsLine = h('div', { class: 'odds' })
    this.oddsNote = note()
    this.key = h('p', { class: 'key' })
    this.compare = h('div')
    this.pins = new Pins(app, () => { this.#paint(); this.#compareAll() })
    this.chooser = h('details', { class: 'popover chooser' }, h('summary', null, 'Charts'), h('div', { class: 'sheet' }))
    clear(element, h('div', { class: 'view-head' }, h('h2', null, 'Outcomes'), this.#modes(), this.chooser),
      this.oddsLine, this.oddsNote, this.pins.element, this.key, this.grid, this.compare)
    this.#listen(element)
    this.#rebuild()
  }

  #listen(element) {
    const { app } = this
    app.on('situation', () => { this.pins.forget(); this.#rebuild() })
    app.on('frame', () => this.#paint())
    app.on('baseline', () => { this.#paint(); this.#compareAll() })
    app.on('settled', () => this.#rest())
    app.on('pins', () => { if (this.shown) this.#rest() })
    app.on('month', () => this.#mark())
    app.on('theme', () => this.#redress())
    document.addEventListener('click', event => { if (!this.chooser.contains(event.target) && event.target.isConnected) this.chooser.open = false })
    element.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !this.chooser.open) return
      this.chooser.open = false
      this.chooser.querySelector('summary').focus()
    })
  }

  /** `fan` is a chart that somebody asks for: it is shown whether it was chosen or not. */
  show({ fan } = {}) {
    this.shown = true
    if (fan && !this.cards.has(fan)) this.#choose(fan, true)
    this.app.want(this.chosen, 'outcomes')
    requestAnimationFrame(() => {
      this.#rest()
      const card = fan && this.grid.querySelector(`[data-fan="${CSS.escape(fan)}"]`)
      card?.scrollIntoView({ block: 'start' })
      card?.focus({ preventScroll: true })
    })
  }

  hide() {
    this.shown = false
    this.app.want([], 'outcomes')
  }

  /** A handle was let go: axes may shrink again, and what takes longer is fetched. */
  #rest() {
    for (const { chart } of this.cards.values()) chart.release()
    this.#paint()
    this.#compareAll()
    if (this.shown) this.pins.load(this.chosen)
  }

  #redress() {
    repaint()
    for (const { chart } of this.cards.values()) chart.redress()
    this.#paint()
    this.#compareAll()
  }

  get chosen() {
    const known = this.app.situation?.fans.map(one => one.id) ?? []
    let kept = null
    try { kept = JSON.parse(localStorage.getItem('fans')) } catch { /* the usual ones, then */ }
    const found = (Array.isArray(kept) ? kept : USUAL).filter(id => known.includes(id))
    return found.length ? found : known.slice(0, USUAL.length)
  }

  #modes() {
    const buttons = MODES.map(([id, title]) => h('button', { type: 'button', 'aria-pressed': String(id === this.mode), onclick: () => {
      this.mode = id
      buttons.forEach((button, place) => button.setAttribute('aria-pressed', String(MODES[place][0] === id)))
      for (const { chart } of this.cards.values()) { chart.mode = id; chart.redress() }
      this.#paint()
    } }, title))
    return h('div', { class: 'switch', role: 'group', 'aria-label': 'How runs are drawn' }, buttons)
  }

  #rebuild() {
    const { situation } = this.app
    if (!situation) return
    for (const { chart } of this.cards.values()) chart.destroy()
    this.cards.clear()
    this.odds.clear()
    const chosen = this.chosen
    clear(this.grid, situation.fans.filter(one => chosen.includes(one.id)).map(spec => this.#card(spec, situation.groups.find(one => one.id === spec.group))))
    clear(this.chooser.querySelector('.sheet'), this.#choices(chosen))
    this.#mark()
    if (this.shown) this.app.want(chosen, 'outcomes')
  }

  #choices(chosen) {
    const { situation } = this.app
    return situation.groups.map(group => h('fieldset', null, h('legend', { dir: 'auto' }, group.title), note(group.reading),
      situation.fans.filter(one => one.group === group.id).map(one => h('label', { class: 'tick' },
        h('input', { type: 'checkbox', checked: chosen.includes(one.id), dataset: { choose: one.id }, onchange: event => this.#choose(one.id, event.target.checked) }), h('span', { dir: 'auto' }, one.title)))))
  }

  #choose(id, on) {
    const now = on ? [...this.chosen, id] : this.chosen.filter(each => each !== id)
    try { localStorage.setItem('fans', JSON.stringify(now.length ? now : [id])) } catch { /* for this time only */ }
    this.#rebuild()
    this.#rest()
    this.chooser.querySelector(`[data-choose="${CSS.escape(id)}"]`)?.focus()
  }

  #card(spec, group) {
    const chart = new Chart(spec, this.app.situation.case.start)
    chart.mode = this.mode
    const gaps = h('div', { class: 'gaps' })
    const label = h('p', { class: 'hidden' })
    const save = (kind, title) => h('button', { type: 'button', class: 'link', 'aria-label': `${spec.title} as ${title}`, onclick: () => this.#save(spec, kind) }, title)
    this.cards.set(spec.id, { spec, chart, gaps, label })
    return h('figure', { class: 'fan', tabindex: '-1', dataset: { fan: spec.id } },
      h('p', { class: 'kicker', title: group.reading, dir: 'auto' }, group.title),
      h('figcaption', null, h('strong', { dir: 'auto' }, spec.title), ' ', h('span', { class: 'unit' }, spec.unit)),
      chart.stage, gaps, label, spec.note ? h('p', { class: 'note small', dir: 'auto' }, spec.note) : null,
      h('div', { class: 'tools' }, behind('Table', () => this.#table(spec)), h('span', { class: 'files' }, save('png', 'PNG'), save('svg', 'SVG'), save('csv', 'CSV'))))
  }

  #at(frame, id) {
    const place = frame ? frame.place(id) : -1
    return place < 0 ? null : { frame, place }
  }

  /** What is painted of a chart: the levers as they stand, the baseline behind, pins beside. */
  #parts(id) {
    const { app } = this
    const now = this.#at(app.frame, id)
    if (!now) return null
    const months = app.frame.header.months
    const base = app.moved() && app.baselineFrame?.header.months === months ? this.#at(app.baselineFrame, id) : null
    return { now, base, pins: this.pins.at(id, months) }
  }

  #paint() {
    const { frame } = this.app
    if (!frame || !this.shown) return
    for (const card of this.cards.values()) {
      const parts = this.#parts(card.spec.id)
      if (!parts) continue
      card.chart.draw(parts.now, parts.base, parts.pins)
      this.#tellGaps(card, parts)
      card.label.textContent = summary(card.spec, parts.now)
    }
    this.#tellKey()
    this.#tellOdds(frame)
  }

  #tellGaps({ spec, gaps }, { now, pins }) {
    const line = (one, kind, name) => {
      const gap = [...one.frame.row('gaps', one.place)]
      const { final } = one.frame.header
      return h('p', { class: final && certain(gap) ? kind : `${kind} chance` }, name && h('b', null, `${name} `), difference(gap, unitOf(spec), final))
    }
    const mean = spec.kind === 'fan' ? h('p', null, 'Mean of the last month ', h('b', null, number(now.frame.at('means', now.place)))) : null
    clear(gaps, mean, this.app.moved() ? line(now, 'of-now', pins.length ? 'now' : null) : null, pins.map(pin => line(pin, `of-${pin.letter}`, pin.letter)))
  }

  #tellKey() {
    const moved = this.app.moved()
    const beside = moved || this.app.state.pins.length > 0
    const text = `${this.mode} ${moved} ${beside}`
    if (this.key.dataset.told === text) return
    this.key.dataset.told = text
    const shown = [...KEYS[this.mode], ...(moved ? [[this.mode === 'dots' ? 'dot base' : 'base', 'the case without levers']] : [])]
    clear(this.key, shown.map(([kind, title]) => h('span', null, h('i', { class: `swatch ${kind}` }), title)),
      beside ? h('span', null, 'Δ: difference of the means from the same runs without levers, in the last month, with its 90 % Monte Carlo interval') : null)
  }

  #tellOdds(frame) {
    const found = frame.header.judgements
    if (this.odds.size !== found.length || found.some(one => !this.odds.has(one.id))) {
      this.odds = new Map(found.map(one => [one.id, odds()]))
      clear(this.oddsLine, [...this.odds.values()].map(one => one.element))
    }
    for (const one of found) this.odds.get(one.id).tell(one, frame)
    this.oddsNote.textContent = ['Each dot is a twentieth of the runs: filled ones are rounded to the nearest five of 100', soFar(frame)].filter(Boolean).join('; ')
  }

  #compareAll() {
    if (this.shown) clear(this.compare, comparison(this.app, this.pins.loaded(), this.chosen))
  }

  #mark() {
    const { situation, state } = this.app
    const [year, month] = (situation?.case.start ?? '0-0').split('-').map(Number)
    const [there, then] = (state.month ?? '').split('-').map(Number)
    const at = state.month ? (there - year) * 12 + then - month : -1
    for (const { chart } of this.cards.values()) {
      chart.mark = at >= 0 ? at : null
      chart.again()
    }
  }

  #table(spec) {
    const now = this.#at(this.app.frame, spec.id)
    if (!now) return note('Not computed yet.')
    const { header } = now.frame
    const names = monthNames(this.app.situation.case.start, header.months)
    const [heads, columns] = spec.kind === 'frequency' ? [['share', 'low', 'high'], [2, 0, 4]] : [QUANTILES, [0, 1, 2, 3, 4]]
    const rows = names.map((name, month) => [short(name), ...columns.map(row => number(now.frame.at('bands', now.place, row, month)))])
    return table({ caption: `${spec.title}, ${spec.unit}; ${header.runs.toLocaleString('en')} runs, ${header.months} months`, columns: [{ title: 'Month' }, ...heads.map(title => ({ title, num: true }))], rows })
  }

  async #save(spec, kind) {
    const parts = this.#parts(spec.id)
    if (!parts) return
    const { case: about, groups } = this.app.situation
    const group = groups.find(one => one.id === spec.group)
    const shown = { ...parts, spec, start: about.start, mode: this.mode, title: `${group.title}: ${spec.title}`, moved: this.app.moved() ? nameOf(this.app) : null }
    const name = `${[this.app.state.case, spec.id, this.app.moved() ? slug(nameOf(this.app)) : null].filter(Boolean).join('-')}.${kind}`
    try {
      if (kind === 'csv') this.app.saveFile(name, 'text/csv', bandsText(shown))
      else if (kind === 'svg') this.app.saveFile(name, 'image/svg+xml', new XMLSerializer().serializeToString(picture(shown)))
      else this.app.saveFile(name, 'image/png', await pixels(picture(shown)))
    } catch (error) { clear(this.cards.get(spec.id).gaps, failed(error)) }
  }
}

function summary(spec, { frame, place }) {
  const last = frame.header.months - 1
  const value = row => number(frame.at('bands', place, row, last))
  return `In the last month the mean is ${number(frame.at('means', place))} ${spec.unit}, the median ${value(2)}; nine tenths of ${frame.header.runs} runs lie between ${value(0)} and ${value(4)}.`
}

/** “In 23 of 100 runs …”, with twenty dots of which each stands for five of them. */
function odds() {
  const dots = Array.from({ length: DOTS }, () => h('i'))
  const count = h('b')
  const shift = h('span', { class: 'shift' })
  const clause = h('span', { dir: 'auto' })
  const element = h('p', null, h('span', { class: 'icons', 'aria-hidden': 'true' }, dots), h('span', { class: 'count' }, count, shift), clause)
  const tell = (one, frame) => {
    const { final } = frame.header
    const filled = Math.round(one.frequency * DOTS)
    dots.forEach((dot, at) => dot.classList.toggle('on', at < filled))
    count.textContent = `In ${hundred(one.frequency)} of 100 runs `
    shift.textContent = one.gap ? `${briefly(judged(one), final)} ` : ''
    shift.classList.toggle('chance', !final || !certain(judged(one)))
    clause.textContent = one.clause
  }
  return { element, tell }
}
