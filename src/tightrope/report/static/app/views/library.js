// The library: scenarios and cases that are kept, and what can be taken away.

import { clear, failed, h, note } from '../dom.js'
import { slug } from '../gap.js'
import { LETTERS } from '../store.js'
import { away } from './library-away.js'
import { cases } from './library-cases.js'
import { button, day, keepFocus, naming, undone } from './library-parts.js'

export const view = {
  id: 'library',
  mount(element, app) {
    const shelf = new Scenarios(app)
    const folders = cases(app)
    clear(element,
      h('div', { class: 'view-head' }, h('h2', null, 'Save and export')),
      h('div', { class: 'library-parts' }, shelf.element, folders.element, folders.faults, away(app)))
    return { show(params) { shelf.load(); folders.load(); if (params?.name) shelf.suggest(params.name) } }
  },
}

const moved = count => `${count || 'no'} lever${count === 1 ? '' : 's'} moved`

class Scenarios {
  // The revision that this page has seen of each scenario that it opened or saved.
  seen = new Map()
  told = null

  constructor(app) {
    this.app = app
    this.title = h('input', { type: 'text', id: 'scenario-title', required: true, maxlength: '120', placeholder: 'Such as: China steps in, Russia tied down', oninput: () => this.#names() })
    this.hint = h('span', { class: 'note' })
    this.button = h('button', { type: 'submit' }, 'Save')
    this.said = h('div')
    this.pins = h('div')
    this.list = h('div', null, note('…'))
    const form = h('form', { class: 'naming', onsubmit: event => { event.preventDefault(); this.save() } },
      h('label', { class: 'field', for: 'scenario-title' }, 'Save the levers as they stand as'), this.title, this.button)
    this.element = h('section', { class: 'library-part', 'aria-labelledby': 'library-scenarios' },
      h('h3', { id: 'library-scenarios' }, 'Scenarios'), form, this.hint, this.said, this.pins, this.list)
    for (const name of ['state', 'situation']) app.on(name, () => { this.#names(); this.#pinned() })
    app.on('pins', () => this.#fill())
    app.on('situation', () => this.#fill())
    this.#names()
  }

  async load() {
    try {
      this.told = await this.app.get('/api/scenarios')
      this.#fill()
      this.#pinned()
      this.#names()
    } catch (error) { clear(this.list, failed(error)) }
  }

  /** Here and in the list beside the levers. */
  async #changed() { await Promise.all([this.load(), this.app.presets()]) }

  /** A name for what stands on the left, ready to be typed over. */
  suggest(name) {
    this.title.value = name.slice(0, 120)
    this.#names()
    this.title.select()
  }

  /** A scenario of the case by its title. */
  #titled(id) { return `“${this.app.situation?.presets.find(one => one.id === id)?.name ?? id}”` }

  #names() {
    const { base, levers } = this.app.state
    const name = slug(this.title.value)
    const plain = !base && !Object.keys(levers).length
    const keeps = this.told?.keeps !== false
    this.button.disabled = plain || !keeps || !name
    this.hint.textContent = !keeps ? 'This server keeps nothing: start it with --workspace FOLDER to save.'
      : plain ? 'Nothing is moved yet: move a lever or choose a scenario on the left first.'
        : name ? `Will be saved with case, day, seed and number of runs; id ${name}.` : `Give it a name to save it: ${base ? `${this.#titled(base)}, ` : ''}${moved(Object.keys(levers).length)}.`
  }

  async save(over = {}) {
    const title = over.title ?? this.title.value.trim()
    const name = over.name ?? slug(title)
    const revision = 'revision' in over ? over.revision : this.seen.get(name) ?? null
    clear(this.said)
    try {
      const kept = await this.app.send('PUT', `/api/scenarios/${name}`, { ask: this.app.ask(), title, revision })
      this.seen.set(kept.name, kept.revision)
      this.title.value = ''
      clear(this.said, h('p', { class: 'notice', role: 'status' }, `Saved as “${title}”.`))
      this.app.announce(`${title} is saved.`)
      await this.#changed()
    } catch (error) {
      if (error.status === 409 && error.told?.current) this.#clash(title, name, error)
      else clear(this.said, failed(error))
    }
  }

  /** Two states of one name: both are shown, and nothing is lost before the reader has chosen. */
  #clash(title, name, error) {
    const { current } = error.told
    const levers = { ...this.app.state.levers }
    const free = () => {
      for (let number = 2; ; number++) {
        if (!this.told?.scenarios.some(one => one.name === `${name}-${number}`)) return `${name}-${number}`
      }
    }
    const side = (head, base, values, more) => h('div', { class: 'side' }, h('h4', null, head), more ? note(more) : null,
      h('p', null, base ? `Over ${this.#titled(base)}. ` : ''), h('ul', null, Object.entries(values).map(([id, value]) => h('li', null, `${this.app.leverName(id)}: ${value}`))))
    clear(this.said, h('div', { class: 'notice', role: 'alert' },
      h('p', { class: 'strong' }, error.message.endsWith('.') ? error.message : `${error.message}.`),
      h('div', { class: 'sides-two' },
        side('What is saved', current.ask?.base, current.ask?.levers ?? {}, `${current.title}, ${day(current.saved)}`),
        side('Yours, not saved yet', this.app.state.base, levers, title)),
      h('div', { class: 'row' },
        button('Keep what is saved', () => clear(this.said)),
        button(`Keep both: save mine as ${free()}`, () => this.save({ title: `${title} (${free().split('-').at(-1)})`, name: free(), revision: null })),
        button('Overwrite it with mine', () => this.save({ title, name, revision: current.revision })))))
    this.said.querySelector('button').focus()
  }

  #fill() {
    if (!this.told) return
    keepFocus(this.list, () => this.#draw(this.told))
  }

  #draw({ scenarios, unreadable, deleted, keeps }) {
    clear(this.list,
      scenarios.length ? h('ul', { class: 'plain shelf' }, scenarios.map(one => this.#row(one)))
        : note(keeps ? 'No scenario is saved yet.' : ''),
      unreadable.map(one => h('p', { class: 'error' }, `${one.name} cannot be read: ${one.error}`)),
      deleted.length ? h('details', null, h('summary', null, `Deleted (${deleted.length})`),
        h('ul', { class: 'plain shelf' }, deleted.map(one => h('li', null, h('p', null, one.name, h('small', null, ` deleted ${day(one.when)}`)),
          button('Restore', () => this.#do(() => this.app.post('/api/scenarios/restore', { token: one.token })), { 'aria-label': `Restore ${one.name}` }))))) : null)
  }

  #row(one) {
    const { state } = this.app
    const here = one.ask ? one.ask.case === state.case : true
    const full = state.pins.length >= LETTERS.length
    const about = one.ask ? [one.ask.case, one.ask.base ? `over ${here ? this.#titled(one.ask.base) : one.ask.base}` : null, moved(Object.keys(one.ask.levers).length), `${one.ask.runs} runs`, `seed ${one.ask.seed}`, day(one.saved)]
      : [`${one.changes} changes`, 'put here by hand', day(one.saved)]
    const below = h('div')
    const close = () => clear(below)
    const put = (verb, label, value, done) => clear(below, naming({ label, value, verb, close, done: async text => { await done(text); close() } }))
    return h('li', null,
      h('p', { class: 'shelf-title' }, h('strong', null, one.title), h('small', null, ` ${about.filter(Boolean).join(' · ')}`)),
      h('div', { class: 'row' },
        button('Open', () => this.#open(one), { 'aria-label': `Open ${one.title}` }),
        button('Pin', () => this.#pin(one), { disabled: !here || full || this.#isPinned(one), 'aria-label': `Pin ${one.title} to compare it` }),
        button('Rename', () => put('Rename', 'New name', one.title, text => this.#rename(one, text)), { class: 'link', 'aria-label': `Rename ${one.title}` }),
        button('Duplicate', () => put('Duplicate', 'Name of the copy', `${one.title} (copy)`, text => this.#duplicate(one, text)), { class: 'link', 'aria-label': `Duplicate ${one.title}` }),
        button('Delete', () => this.#delete(one), { class: 'link', 'aria-label': `Delete ${one.title}` })),
      below)
  }

  #open(one) {
    this.seen.set(one.name, one.revision)
    this.title.value = one.title
    const { ask } = one
    if (!ask) this.app.set({ base: one.name, levers: {} })
    else {
      this.app.set({ case: ask.case, asOf: ask.as_of, without: ask.without, base: ask.base, levers: ask.levers, seed: ask.seed, runs: ask.runs, months: ask.months })
      this.#versionOf(one)
    }
    this.app.announce(`${one.title} is open.`)
    clear(this.said, h('p', { class: 'notice', role: 'status' }, `${one.title} is open: its levers stand on the left. `,
      button('See the judgements', () => this.app.open('judgements'))))
  }

  /** Say it where the case is another one than when the scenario was saved. */
  #versionOf(one) {
    const check = () => {
      const { situation } = this.app
      if (situation?.case.name !== one.ask.case || !one.digest || situation.case.digest === one.digest) return
      this.said.append(h('p', { class: 'notice' }, 'The case has changed since this scenario was saved: its numbers may come out differently.'))
    }
    if (this.app.status !== 'reading the case') check()
    else { const stop = this.app.on('situation', () => { stop(); check() }) }
  }

  #isPinned = one => this.app.state.pins.some(pin => pin.name === one.title.slice(0, 60))

  #pin(one) {
    const pin = one.ask ? { base: one.ask.base, levers: one.ask.levers } : { base: one.name, levers: {} }
    const { pins } = this.app.state
    const letter = LETTERS.find(each => !pins.some(other => other.letter === each))
    if (!letter) return
    const all = [...pins, { letter, name: one.title.slice(0, 60), ...pin }]
    this.app.set({ pins: all.sort((first, second) => first.letter.localeCompare(second.letter)) })
    this.app.announce(`${one.title} is pinned as ${letter}.`)
  }

  #pinned() {
    const { pins } = this.app.state
    keepFocus(this.pins, () => clear(this.pins, pins.length ? h('p', { class: 'pinned-line' }, `Pinned to compare (${pins.length} of ${LETTERS.length}): `,
      pins.map((pin, place) => h('span', { class: 'chip' }, `${pin.letter} ${pin.name}`, button('✕', () => this.app.set({ pins: pins.filter((_, at) => at !== place) }), { class: 'link', 'aria-label': `Unpin ${pin.letter}, ${pin.name}` }))),
      button('Compare them in Outcomes', () => this.app.open('outcomes'))) : null))
  }

  async #rename(one, text) {
    const kept = await this.app.post(`/api/scenarios/${one.name}/rename`, { to: slug(text) || one.name, title: text, revision: one.revision })
    clear(this.said)
    this.seen.delete(one.name)
    this.seen.set(kept.name, kept.revision)
    await this.#changed()
  }

  async #duplicate(one, text) {
    await this.app.post(`/api/scenarios/${one.name}/duplicate`, { to: slug(text), title: text })
    await this.#changed()
  }

  async #delete(one) {
    await this.#do(async () => {
      const { token } = await this.app.send('DELETE', `/api/scenarios/${one.name}?revision=${one.revision}`)
      clear(this.said, undone(`${one.title} is deleted.`, () => this.#do(async () => {
        await this.app.post('/api/scenarios/restore', { token })
        clear(this.said)
        this.list.querySelector('button')?.focus()
      })))
      this.said.querySelector('button').focus()
    })
  }

  async #do(work) {
    try { await work(); await this.#changed() } catch (error) { clear(this.said, failed(error)) }
  }
}
