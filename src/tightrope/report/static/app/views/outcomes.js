// Outcomes over time: fans of all runs, the baseline behind them, up to four pinned scenarios beside them.

import { frames } from '../api.js'
import { Chart, difference, MODES, picture, PINS } from '../charts.js'
import { behind, clear, failed, h, note, number, signed, table } from '../dom.js'

const USUAL = ['share-rus', 'share-west', 'share-chn', 'share-own', 'event-unrest', 'compliance']
const QUANTILES = ['5 %', '25 %', 'middle', '75 %', '95 %']

export const view = {
  id: 'outcomes',
  mount(element, app) {
    const made = new Outcomes(element, app)
    return { show: () => made.show(), hide: () => { made.shown = false } }
  },
}

class Outcomes {
  charts = new Map()
  pinned = new Map()
  mode = 'fan'
  shown = false

  constructor(element, app) {
    this.app = app
    this.grid = h('div', { class: 'fans' })
    this.pinsLine = h('div', { class: 'pins' })
    this.odds = h('div', { class: 'odds', 'aria-live': 'off' })
    this.chooser = h('details', { class: 'popover chooser' }, h('summary', null, 'Charts'), h('div', { class: 'sheet' }))
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Outcomes'), this.#modes(), this.chooser),
      this.pinsLine, this.odds, this.grid)
    app.on('situation', () => this.#rebuild())
    app.on('frame', () => this.#paint())
    app.on('settled', () => { for (const one of this.charts.values()) one.chart.release(); this.#paint(); this.#sayChange() })
    app.on('pins', () => this.#pins())
    app.on('theme', () => { for (const one of this.charts.values()) one.chart.redress(); this.#paint() })
    this.#rebuild()
  }

  show() {
    this.shown = true
    this.app.want(this.chosen)
    requestAnimationFrame(() => { this.#paint(); this.#pins() })
  }

  get chosen() {
    const known = this.app.situation?.fans.map(one => one.id) ?? []
    let kept = null
    try { kept = JSON.parse(localStorage.getItem('fans')) } catch { /* the usual ones, then */ }
    const found = (Array.isArray(kept) ? kept : USUAL).filter(id => known.includes(id))
    return found.length ? found : known.slice(0, 6)
  }

  #modes() {
    const buttons = MODES.map(([id, title]) => h('button', { type: 'button', 'aria-pressed': String(id === this.mode), onclick: () => {
      this.mode = id
      buttons.forEach((button, place) => button.setAttribute('aria-pressed', String(MODES[place][0] === id)))
      for (const one of this.charts.values()) { one.chart.mode = id; one.chart.redress() }
      this.#paint()
    } }, title))
    return h('div', { class: 'switch', role: 'group', 'aria-label': 'How runs are drawn' }, buttons)
  }

  #rebuild() {
    const { situation } = this.app
    if (!situation) return
    for (const one of this.charts.values()) one.chart.destroy()
    this.charts.clear()
    const chosen = this.chosen
    clear(this.grid, situation.fans.filter(one => chosen.includes(one.id)).map(spec => this.#card(spec, situation.groups.find(one => one.id === spec.group))))
    clear(this.chooser.querySelector('.sheet'), this.#choices(chosen))
    this.pinned.clear()
    this.#pins()
    if (this.shown) this.app.want(chosen)
  }

  #choices(chosen) {
    const { situation } = this.app
    const choose = (id, on) => {
      const now = on ? [...this.chosen, id] : this.chosen.filter(each => each !== id)
      try { localStorage.setItem('fans', JSON.stringify(now.length ? now : [id])) } catch { /* for this time only */ }
      const open = this.chooser.open
      this.#rebuild()
      this.chooser.open = open
    }
    return situation.groups.map(group => h('fieldset', null, h('legend', null, group.title), note(group.reading),
      situation.fans.filter(one => one.group === group.id).map(one => h('label', { class: 'tick' },
        h('input', { type: 'checkbox', checked: chosen.includes(one.id), onchange: event => choose(one.id, event.target.checked) }), h('span', null, one.title)))))
  }

  #card(spec, group) {
    const chart = new Chart(spec, this.app.situation.months)
    chart.mode = this.mode
    const change = h('p', { class: 'change' })
    const label = h('p', { class: 'hidden' })
    const tools = h('span', { class: 'tools' },
      h('button', { type: 'button', class: 'link', 'aria-label': `${spec.title} as PNG`, onclick: () => this.#save(spec, 'png') }, 'PNG'),
      h('button', { type: 'button', class: 'link', 'aria-label': `${spec.title} as SVG`, onclick: () => this.#save(spec, 'svg') }, 'SVG'),
      h('button', { type: 'button', class: 'link', 'aria-label': `${spec.title} as CSV`, onclick: () => this.#save(spec, 'csv') }, 'CSV'))
    const card = h('figure', { class: 'fan', dataset: { fan: spec.id } },
      h('p', { class: 'kicker', title: group.reading }, group.title),
      h('figcaption', null, h('strong', null, spec.title), h('span', { class: 'unit' }, spec.unit), tools),
      chart.stage, change, label, spec.note ? h('p', { class: 'note small' }, spec.note) : null,
      behind('Table', () => this.#table(spec)))
    this.charts.set(spec.id, { spec, chart, change, label })
    return card
  }

  #at(frame, id) {
    const place = frame ? frame.place(id) : -1
    return place < 0 ? null : { frame, place }
  }

  #beside(id) {
    const moved = this.app.state.base !== null || Object.keys(this.app.state.levers).length > 0
    const base = moved && this.app.baselineFrame?.header.months === this.app.frame?.header.months ? this.#at(this.app.baselineFrame, id) : null
    const pins = this.app.state.pins.map((pin, place) => ({ ...PINS[place], ...(this.#at(this.pinned.get(place)?.frame, id) ?? {}) }))
    return [base, pins.filter(pin => pin.frame && pin.frame.header.months === this.app.frame?.header.months)]
  }

  #paint() {
    const { frame } = this.app
    if (!frame || !this.shown) return
    for (const { spec, chart, change, label } of this.charts.values()) {
      const now = this.#at(frame, spec.id)
      if (!now) continue
      const [base, pins] = this.#beside(spec.id)
      chart.draw(now, base, pins)
      const moved = this.app.state.base !== null || Object.keys(this.app.state.levers).length > 0
      change.textContent = moved ? difference(frame, now.place, spec.unit.startsWith('%') ? 'points' : spec.unit.startsWith('0 ') ? '' : spec.unit) : ''
      const last = frame.header.months - 1
      label.textContent = `In the last month the middle is ${number(frame.at('bands', now.place, 2, last))} ${spec.unit}, nine tenths of ${frame.header.runs} runs lie between ${number(frame.at('bands', now.place, 0, last))} and ${number(frame.at('bands', now.place, 4, last))}.`
    }
    this.#tellOdds(frame)
  }

  #tellOdds(frame) {
    clear(this.odds, frame.header.judgements.map(one => {
      const filled = Math.round(one.frequency * 20)
      const share = one.frequency > 0 && one.frequency < 0.005 ? 'fewer than 1' : String(Math.round(100 * one.frequency))
        const gap = one.gap ? h('span', { class: 'gap' }, ` Δ ${signed(100 * one.gap.mean)}`) : null
      return h('p', null, h('span', { class: 'icons', 'aria-hidden': 'true' }, '●'.repeat(filled) + '○'.repeat(20 - filled)),
        h('span', null, `In ${share} of 100 runs `, h('b', null, one.clause)), gap)
    }))
  }

  #sayChange() {
    const { state, frame, situation } = this.app
    const ids = Object.keys(state.levers)
    if (!ids.length || !frame || !this.shown) return
    const first = situation.fans.find(one => frame.place(one.id) === 0)
    const moved = ids.map(id => `${this.app.leverName(id)} ${number(state.levers[id])}`).join(', ')
    if (first) this.app.announce(`${moved}: ${first.title}: ${difference(frame, 0, first.unit)}.`)
  }

  #table(spec) {
    const now = this.#at(this.app.frame, spec.id)
    if (!now) return note('Not computed yet.')
    const rows = Array.from({ length: now.frame.header.months }, (_, month) =>
      [this.app.situation.months[month] ?? String(month + 1), ...QUANTILES.map((_, row) => number(now.frame.at('bands', now.place, row, month)))])
    const heads = spec.kind === 'frequency' ? ['low', 'low', 'share', 'high', 'high'] : QUANTILES
    return table({ caption: `${spec.title}, ${spec.unit}; ${now.frame.header.runs} runs`, columns: [{ title: 'Month' }, ...heads.map(title => ({ title, num: true }))], rows })
  }

  #save(spec, kind) {
    const now = this.#at(this.app.frame, spec.id)
    if (!now) return
    const [base] = this.#beside(spec.id)
    const name = `${this.app.state.case}-${spec.id}`
    if (kind === 'csv') return this.app.saveFile(`${name}.csv`, 'text/csv', this.#csv(spec, now))
    const drawn = picture(now, base, spec, this.app.situation.months, `${this.app.situation.case.focus_name}: ${spec.title}`)
    const text = new XMLSerializer().serializeToString(drawn)
    if (kind === 'svg') return this.app.saveFile(`${name}.svg`, 'image/svg+xml', text)
    const image = new Image()
    image.onload = () => {
      const canvas = h('canvas', { width: 1440, height: 720 })
      canvas.getContext('2d').drawImage(image, 0, 0, 1440, 720)
      canvas.toBlob(blob => this.app.saveFile(`${name}.png`, 'image/png', blob))
    }
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  }

  #csv(spec, now) {
    const { header } = now.frame
    const lines = [`# ${spec.title}; ${spec.unit}; ${header.runs} runs; seed ${header.seed}; case ${header.digest}`, 'month,p05,p25,p50,p75,p95']
    for (let month = 0; month < header.months; month += 1) lines.push([this.app.situation.month_ids[month], ...[0, 1, 2, 3, 4].map(row => now.frame.at('bands', now.place, row, month))].join(','))
    return `${lines.join('\n')}\n`
  }

  #pins() {
    const { state } = this.app
    const full = state.pins.length >= PINS.length
    const name = () => state.base ? this.app.situation.presets.find(one => one.id === state.base)?.title ?? state.base : Object.keys(state.levers).map(id => this.app.leverName(id)).join(', ') || 'Baseline'
    clear(this.pinsLine,
      h('button', { type: 'button', disabled: full, onclick: () => this.app.set({ pins: [...state.pins, { name: name().slice(0, 60), base: state.base, levers: { ...state.levers } }] }) }, 'Pin this scenario'),
      state.pins.map((pin, place) => this.#pin(pin, place)))
    state.pins.forEach((pin, place) => this.#load(pin, place))
    for (const place of [...this.pinned.keys()]) if (place >= state.pins.length) this.pinned.delete(place)
    this.#paint()
  }

  #pin(pin, place) {
    const { letter, colour } = PINS[place]
    const gaps = h('span', { class: 'note', dataset: { pin: String(place) } })
    return h('span', { class: 'pin' },
      h('i', { class: `line line-${letter}` }), h('b', null, letter), h('span', null, pin.name), gaps,
      h('button', { type: 'button', class: 'link', 'aria-label': `Open ${pin.name}`, onclick: () => this.app.set({ base: pin.base, levers: { ...pin.levers } }) }, 'open'),
      h('button', { type: 'button', class: 'link', 'aria-label': `Unpin ${pin.name}`, onclick: () => this.app.set({ pins: this.app.state.pins.filter((_, at) => at !== place) }) }, '✕'),
      h('span', { class: 'hidden' }, colour))
  }

  async #load(pin, place) {
    const { state } = this.app
    const key = JSON.stringify([state.case, state.asOf, state.without, state.seed, state.runs, state.months, pin.base, pin.levers, this.chosen])
    if (this.pinned.get(place)?.key === key || !this.shown) { this.#gaps(place); return }
    this.pinned.set(place, { key, frame: null })
    try {
      for await (const frame of frames({ ...this.app.ask({ base: pin.base, levers: pin.levers }), fans: this.chosen, preview: false })) this.pinned.set(place, { key, frame })
    } catch (error) {
      clear(this.pinsLine, ...this.pinsLine.childNodes, failed(error))
    }
    this.#gaps(place)
    this.#paint()
  }

  /** What a pin differs from the baseline in, for the charts that are seen. */
  #gaps(place) {
    const found = this.pinned.get(place)?.frame
    const home = this.pinsLine.querySelector(`[data-pin="${place}"]`)
    if (!found || !home) return
    const told = this.chosen.slice(0, 3).map(id => {
      const at = found.place(id)
      return at < 0 ? null : `${this.app.fanName(id)} ${difference(found, at, '')}`
    })
    home.textContent = told.filter(Boolean).join(' · ')
  }
}
