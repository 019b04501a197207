// Map and network side by side, with one selection and one month; what is selected stands in a panel beside them.

import { behind, clear, failed, h, note, number, table } from '../dom.js'
import { KINDS } from '../map/kinds.js'
import { Model } from '../map/model.js'
import { Panel } from '../map/panel.js'
import { Picture } from '../map/picture.js'
import { Web } from '../map/web.js'

// The server's answer when too many wait; so often it is asked again, after so many milliseconds.
const BUSY = 429
const PATIENCE = 5
const PAUSE = 2000
const MODES = [['map', 'Map'], ['network', 'Network'], ['split', 'Split']]

export const view = {
  id: 'map',
  mount(element, app) {
    const made = new MapView(element, app)
    return { show: params => made.show(params), hide: () => { made.shown = false } }
  },
}

class MapView {
  mode = 'map'
  shown = false
  asked = ''

  constructor(element, app) {
    this.app = app
    this.model = new Model(app)
    this.picture = new Picture(this.model)
    this.web = new Web(this.model)
    this.panel = new Panel(this.model)
    this.quantity = h('select', { id: 'map-quantity', onchange: () => { this.asked = ''; this.#shade() } })
    this.told = h('p', { class: 'note map-told', 'aria-live': 'polite' }, '…')
    this.status = h('p', { class: 'note map-status' })
    this.trouble = h('div')
    this.boundaries = h('div', { class: 'map-boundaries' })
    this.tables = h('div')
    this.board = h('div', { class: 'map-board', dataset: { mode: this.mode } },
      h('div', { class: 'map-half' }, this.picture.element), h('div', { class: 'web-half' }, this.web.element), this.boundaries, this.panel.element)
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Map and network'), this.#modes(),
        h('label', { class: 'field' }, h('span', null, 'Shade by'), this.quantity)),
      this.told, this.status, this.trouble, this.board, this.tables)
    this.#listen()
  }

  #modes() {
    this.buttons = MODES.map(([id, title]) => h('button', { type: 'button', 'aria-pressed': String(id === this.mode), onclick: () => this.#turn(id) }, title))
    return h('div', { class: 'switch', role: 'group', 'aria-label': 'What is shown' }, this.buttons)
  }

  #turn(mode) {
    this.mode = this.board.dataset.mode = mode
    this.buttons.forEach((button, place) => button.setAttribute('aria-pressed', String(MODES[place][0] === mode)))
    this.#repaint()
  }

  #listen() {
    const { app } = this
    const whileShown = act => () => { if (this.shown) act() }
    app.on('situation', whileShown(() => this.#read()))
    app.on('settled', whileShown(() => this.#shade()))
    app.on('levers', whileShown(() => this.#tell()))
    app.on('month', whileShown(() => this.#repaint()))
    app.on('selection', whileShown(() => this.#selected()))
    app.on('theme', whileShown(() => this.#repaint()))
  }

  async show(params = {}) {
    this.shown = true
    const chosen = params.actor ? { kind: 'actor', id: params.actor } : params.tie ? { kind: 'tie', id: params.tie } : null
    if (params.tie && this.mode === 'map') this.#turn('network')
    if (chosen) this.app.select(chosen)
    await this.#read()
  }

  async #read() {
    if (!this.app.situation) return
    try {
      if (await this.model.read()) this.#offer()
      clear(this.trouble)
    } catch (error) {
      clear(this.trouble, failed(error))
      return
    }
    if (!this.model.ready) return
    this.picture.draw()
    this.web.offer()
    this.web.draw()
    this.#tell()
    this.panel.show()
    this.#shade()
  }

  #offer() {
    const { quantities } = this.model.atlas
    const kept = quantities.some(one => one.id === this.quantity.value) ? this.quantity.value : quantities[0].id
    clear(this.quantity, quantities.map(one => h('option', { value: one.id, title: one.meaning }, one.title)))
    this.quantity.value = kept
    this.asked = ''
    clear(this.status, h('b', null, 'Borders: '), `${firstSentence(this.app.situation.case.boundaries)} Areas striped in orange are disputed.`)
    clear(this.boundaries, note(this.app.situation.case.boundaries),
      note(`Areas striped in orange with a dashed edge are disputed, other patterns tell the powers apart: choose a disputed one to read who claims and who holds it. ${this.model.world.areas.filter(one => one.schematic).length} of their outlines are schematic, a few points each. Outlines of states: Natural Earth by way of world-atlas, with Crimea moved to Ukraine. Other disputes are not marked.`))
    clear(this.tables, behind('Table of the map', () => this.#mapTable()), behind('Table of the ties', () => this.#tieTable()), behind('Table of institutions', () => this.#institutionTable()), behind('Table of disputed areas', () => this.#areaTable()))
  }

  /** Ask for the runs of every state: at first of the baseline, later of what the levers say, once they rest. */
  async #shade() {
    if (!this.model.ready) return
    const moved = this.app.moved?.() ?? (this.app.state.base !== null || Object.keys(this.app.state.levers).length > 0)
    const resting = this.app.status === 'done' || !moved
    const ask = { ...this.app.ask(resting ? {} : { base: null, levers: {} }), quantity: this.quantity.value }
    const key = JSON.stringify(ask)
    if (key === this.asked) return
    this.asked = key
    this.waiting = true
    this.#tell()
    try {
      const found = await this.#post(ask, () => this.asked === key && this.shown)
      if (this.asked !== key) return
      this.model.took(found)
      this.shaded = ask
      clear(this.trouble)
    } catch (error) {
      if (this.asked !== key) return
      this.asked = ''
      clear(this.trouble, failed(error))
    }
    this.waiting = false
    this.#repaint()
  }

  /** While others compute, or the model is being compiled, ask again for a while rather than fail. */
  async #post(ask, wanted, left = PATIENCE) {
    try {
      return await this.app.post('/api/atlas', ask)
    } catch (error) {
      if (error.status !== BUSY || left === 0 || !wanted()) throw error
      await new Promise(done => { setTimeout(done, PAUSE) })
      return this.#post(ask, wanted, left - 1)
    }
  }

  #repaint() {
    if (!this.model.ready) return
    if (this.mode !== 'network') this.picture.shade()
    if (this.mode !== 'map') { this.web.offer(); this.web.draw() }
    this.panel.month()
    this.#tell()
    for (const details of this.tables.querySelectorAll('details[open]')) details.dispatchEvent(new Event('toggle'))
  }

  #selected() {
    if (!this.model.ready) return
    this.picture.shade()
    if (this.mode !== 'map') this.web.draw()
    this.panel.show()
  }

  /** What is shown, of which runs and which month; and that newer numbers are on their way. */
  #tell() {
    const { shading } = this.model
    if (!this.model.ready) return
    if (!shading) {
      this.told.textContent = 'All states are being run …'
      return
    }
    const { state } = this.app
    const plain = this.shaded?.base === null && !Object.keys(this.shaded?.levers ?? {}).length
    const stale = JSON.stringify([this.shaded?.base, this.shaded?.levers]) !== JSON.stringify([state.base, state.levers])
    const monthNote = this.model.monthNote()
    const text = [
      `${shading.title}, ${this.model.shadedMonth()}${monthNote ? ` (${monthNote})` : ''}: ${shading.unit}, ${shading.kind === 'frequency' ? 'frequency' : 'mean'} of ${shading.runs.toLocaleString('en')} runs of ${plain ? 'the baseline' : 'the levers as they stand'}.`,
      stale && !plain ? 'The levers have moved since; the map follows when they rest.' : stale ? 'This is still the baseline; the map follows when the levers rest.' : '',
      this.waiting ? 'New numbers are being computed …' : '',
      shading.meaning,
    ].filter(Boolean).join(' ')
    if (this.told.textContent !== text) this.told.textContent = text
  }

  #mapTable() {
    const { model } = this
    if (!model.shading) return note('…')
    const { shading } = model
    const at = model.place
    const moved = shading.before !== null
    const columns = [{ title: 'State' }, { title: `${shading.title}, ${shading.unit}`, num: true }, { title: shading.kind === 'frequency' ? '90 % Monte Carlo range' : '5 % to 95 % of runs', num: true }, ...(moved ? [{ title: 'Baseline', num: true }] : [])]
    const rows = Object.entries(shading.actors).map(([id, one]) => [
      h('button', { type: 'button', class: 'link', onclick: () => this.app.select({ kind: 'actor', id }) }, model.nameOf(id)),
      model.format(one.mean[at]), `${model.format(one.p05[at])} to ${model.format(one.p95[at])}`, ...(moved ? [model.format(shading.before[id][at])] : [])])
    return table({ caption: `${shading.title}, ${model.shadedMonth()}, ${shading.runs.toLocaleString('en')} runs`, columns, rows })
  }

  #tieTable() {
    const { model } = this
    const rows = model.network.ties.filter(tie => model.tieNow(tie)).map(tie => [
      h('button', { type: 'button', class: 'link', onclick: () => this.app.select({ kind: 'tie', id: tie.id }) }, `${model.nameOf(tie.from)} – ${model.nameOf(tie.to)}`),
      KINDS[tie.kind].title, tie.value === null ? '' : number(tie.value), tie.unit ?? '', tie.since.text, tie.until?.text ?? '',
      tie.citations.map(one => `“${one.source_title}”, ${one.where}`).join('; ')])
    const columns = ['Between', 'Kind', 'Number', 'Unit', 'Since', 'Until', 'Rests on'].map(title => ({ title, num: title === 'Number' }))
    return table({ caption: `Ties in ${model.monthName(model.tieMonth)}`, columns, rows })
  }

  #institutionTable() {
    const { model } = this
    const rows = model.network.institutions.map(one => [one.name, one.role, one.decides_by, one.founded.text,
      one.members.map(each => `${model.nameOf(each.actor)} ${each.since.earliest.slice(0, 4)}–${each.until ? each.until.latest.slice(0, 4) : ''}`).join(', '),
      one.rules.join(' '), one.citations.map(each => `“${each.source_title}”, ${each.where}`).join('; ')])
    const columns = ['Institution', 'Role', 'Decides by', 'Founded', 'Members of this case', 'Rules', 'Rests on'].map(title => ({ title }))
    return table({ caption: 'Institutions and their members', columns, rows })
  }

  #areaTable() {
    const rows = this.model.world.areas.map(one => [
      h('button', { type: 'button', class: 'link', onclick: () => this.model.chooseArea(one.id) }, one.name), one.said, one.schematic ? 'schematic' : 'world-atlas'])
    return table({ caption: 'Disputed areas, as of mid-2022', columns: [{ title: 'Area' }, { title: 'Who claims and who holds it' }, { title: 'Outline' }], rows })
  }
}

const firstSentence = text => text.split(/(?<=\.)\s/)[0]
