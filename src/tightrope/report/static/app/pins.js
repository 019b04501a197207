// Up to four pinned scenarios: their names, their letters, and their runs, kept by what was asked.

import { frames } from './api.js'
import { PINS } from './charts.js'
import { clear, failed, h } from './dom.js'
import { nameOf } from './gap.js'
import { LETTERS } from './store.js'

// So many answers are kept; they are small.
const KEPT = 16
const LONGEST = 80

export class Pins {
  #frames = new Map()
  #turn = 0

  /** `changed()` is called when a pin's runs are in. */
  constructor(app, changed) {
    Object.assign(this, { app, changed })
    this.trouble = h('div')
    this.list = h('ul', { class: 'pins' })
    this.add = h('button', { type: 'button', title: 'Keeps the levers as they stand as a line on the charts', onclick: () => this.#pin() }, 'Pin this scenario')
    this.hint = h('span', { class: 'note' }, 'keeps it as a line on the charts, to compare others with')
    this.element = h('div', { class: 'pinned' }, this.add, this.hint, this.list, this.trouble)
    app.on('pins', () => this.#show())
    app.on('state', () => this.#tell())
    this.#show()
  }

  #key(pin) { return JSON.stringify(this.app.ask({ base: pin.base, levers: pin.levers })) }

  /** Pins whose runs are in, as charts want them: {letter, name, frame, place}. */
  at(fan, months) {
    return this.loaded().map(pin => ({ ...pin, place: pin.frame.place(fan) })).filter(pin => pin.place >= 0 && pin.frame.header.months === months)
  }

  loaded() {
    return this.app.state.pins.map(pin => ({ ...pin, frame: this.#frames.get(this.#key(pin)) })).filter(pin => pin.frame)
  }

  /** Fetch what is missing, one after another: the lever that is being moved comes first. */
  async load(fans) {
    const turn = ++this.#turn
    clear(this.trouble)
    for (const pin of this.app.state.pins) {
      const key = this.#key(pin)
      const kept = this.#frames.get(key)
      if (kept && fans.every(id => kept.place(id) >= 0)) continue
      try {
        for await (const frame of frames({ ...JSON.parse(key), fans, preview: false })) this.#keep(key, frame)
      } catch (error) { clear(this.trouble, failed(error)) }
      if (turn !== this.#turn) return
      this.changed()
    }
  }

  #keep(key, frame) {
    this.#frames.delete(key)
    this.#frames.set(key, frame)
    if (this.#frames.size > KEPT) this.#frames.delete(this.#frames.keys().next().value)
  }

  forget() { this.#frames.clear() }

  #pin() {
    const { state } = this.app
    const letter = LETTERS.find(each => !state.pins.some(pin => pin.letter === each))
    if (!letter) return
    const pins = [...state.pins, { letter, name: shortened(nameOf(this.app)), base: state.base, levers: { ...state.levers } }]
    this.app.set({ pins: pins.sort((one, other) => one.letter.localeCompare(other.letter)) })
    this.app.announce(`Pinned as ${letter}.`)
  }

  #tell() {
    const { pins, base, levers } = this.app.state
    const there = pins.find(pin => JSON.stringify([pin.base, pin.levers]) === JSON.stringify([base, levers]))
    this.add.disabled = Boolean(there) || pins.length >= LETTERS.length
    this.add.textContent = there ? `This scenario is pinned as ${there.letter}` : pins.length >= LETTERS.length ? 'Four scenarios are pinned' : 'Pin this scenario'
  }

  #show() {
    this.hint.hidden = this.app.state.pins.length > 0
    clear(this.list, this.app.state.pins.map(pin => this.#row(pin)))
    this.#tell()
  }

  #row(pin) {
    const change = name => this.app.set({ pins: this.app.state.pins.map(one => (one.letter === pin.letter ? { ...one, name } : one)) })
    return h('li', { class: 'pin', dataset: { pin: pin.letter } },
      swatch(pin.letter), h('b', null, pin.letter),
      h('input', { type: 'text', value: pin.name, maxlength: LONGEST, dir: 'auto', 'aria-label': `Name of ${pin.letter}`, title: pin.name, onchange: event => change(event.target.value.trim() || pin.letter) }),
      h('button', { type: 'button', class: 'link', 'aria-label': `Move the levers to ${pin.letter}, ${pin.name}`, onclick: () => this.app.set({ base: pin.base, levers: { ...pin.levers } }) }, 'open'),
      h('button', { type: 'button', class: 'link', 'aria-label': `Unpin ${pin.letter}, ${pin.name}`, onclick: () => {
        this.app.set({ pins: this.app.state.pins.filter(one => one.letter !== pin.letter) })
        this.add.focus()
      } }, 'unpin'))
  }
}

const shortened = name => (name.length > LONGEST ? `${name.slice(0, name.lastIndexOf(',', LONGEST) > 0 ? name.lastIndexOf(',', LONGEST) : LONGEST - 1)} …` : name)

/** A short piece of a pin's line, with its dash and colour. */
export function swatch(letter) {
  const line = h('canvas', { class: `line line-${letter}`, width: 68, height: 8, 'aria-hidden': 'true' })
  const draw = () => {
    const pen = line.getContext('2d')
    pen.clearRect(0, 0, 68, 8)
    pen.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue(PINS[letter].colour).trim()
    pen.lineWidth = 4
    pen.setLineDash(PINS[letter].dash.map(each => 2 * each))
    pen.moveTo(0, 4)
    pen.lineTo(68, 4)
    pen.stroke()
  }
  draw()
  return line
}
