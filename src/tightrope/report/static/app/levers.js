// The levers: what may be moved, where it stands without being moved, and on whose word.

import { clear, h, number } from './dom.js'
import { nameOf } from './gap.js'

// Moves of one handle with less than so many milliseconds between them are one step back.
const STROKE = 900
// Groups that are open at first; the others open with a press.
const OPEN = 2
const SWITCH = ['no', 'yes']
const BASELINE = 'Baseline: the case as it is'

export function levers(element, app) {
  let rows = []
  for (const name of ['situation', 'presets']) app.on(name, () => { rows = build(element, app) })
  app.on('state', () => place(rows, element, app))
}

function build(element, app) {
  const groups = Map.groupBy ? Map.groupBy(app.situation.levers, one => one.group) : grouped(app.situation.levers)
  const open = new Set([...element.querySelectorAll('details.group[open]')].map(each => each.dataset.group))
  const rows = []
  clear(element,
    h('div', { class: 'levers-head' }, h('h2', { class: 'levers-title' }, 'Levers'), keeper(app)),
    preset(app),
    [...groups].map(([title, found], index) => h('details', {
      class: 'group', open: open.size ? open.has(title) : index < OPEN, dataset: { group: title },
    }, h('summary', null, h('span', { dir: 'auto' }, title), h('span', { class: 'moved-count' })), found.map(lever => {
      const made = new Row(lever, app)
      rows.push(made)
      return made.element
    }))))
  place(rows, element, app)
  return rows
}

function grouped(every) {
  const found = new Map()
  for (const one of every) found.set(one.group, [...(found.get(one.group) ?? []), one])
  return found
}

// A case that is opened anew brings scenarios of its own; those of the last are let go.
let presetTold = null
let keeperTold = null

/** The way to save what is moved; its place is kept while nothing is. */
function keeper(app) {
  const keep = h('button', { type: 'button', class: 'link unseen', onclick: () => app.open('library', { name: nameOf(app) }) }, 'Save these levers …')
  const tell = () => keep.classList.toggle('unseen', !app.moved())
  keeperTold?.()
  keeperTold = app.on('state', tell)
  tell()
  return keep
}

/** The scenarios of the case, each with its meaning and the claims that suggest it. */
function preset(app) {
  const list = app.situation.presets
  const find = () => list.find(one => one.id === app.state.base)
  const meaning = h('p', { class: 'note meaning', id: 'preset-note', dir: 'auto' })
  const more = h('button', { type: 'button', class: 'link', hidden: true, 'aria-expanded': 'false', 'aria-controls': 'preset-note', onclick: () => unfold(!meaning.classList.contains('open')) })
  const unfold = open => {
    meaning.classList.toggle('open', open)
    more.setAttribute('aria-expanded', String(open))
    more.textContent = open ? 'Less' : 'More'
    more.hidden = !open && meaning.scrollHeight <= meaning.clientHeight + 2
  }
  // How much fits is known once it is seen: on a phone the levers are folded at first.
  new ResizeObserver(() => unfold(meaning.classList.contains('open'))).observe(meaning)
  const claims = h('button', { type: 'button', class: 'link', hidden: true, onclick: () => app.open('evidence', { claims: find()?.suggested_by ?? [] }) })
  const plain = h('option', { value: '' }, BASELINE)
  const select = h('select', { id: 'preset', 'aria-describedby': 'preset-note', onchange: () => {
    app.began()
    app.set({ base: select.value || null, levers: {} })
  } },
  plain,
  list.map(one => h('option', { value: one.id, disabled: one.refused !== null, title: one.refused ?? '' }, one.refused ? `${one.title} (not from this day)` : one.title)))
  const tell = () => {
    const found = find()
    if (app.state.base && !found && ![...select.options].some(one => one.value === app.state.base)) {
      select.append(h('option', { value: app.state.base }, `${app.state.base} (saved)`))
    }
    select.value = app.state.base ?? ''
    const many = Object.keys(app.state.levers).length
    plain.textContent = many && !app.state.base ? `Baseline, with ${many} lever${many === 1 ? '' : 's'} moved` : BASELINE
    const said = found?.meaning ?? 'Move a handle, or choose what others thought might happen.'
    if (meaning.textContent !== said) {
      meaning.textContent = said
      unfold(false)
    }
    claims.hidden = !found?.suggested_by.length
    claims.textContent = found ? `Suggested by ${found.suggested_by.length} claim${found.suggested_by.length === 1 ? '' : 's'}` : ''
  }
  presetTold?.()
  presetTold = app.on('state', tell)
  tell()
  return h('div', { class: 'preset' }, h('label', { for: 'preset' }, 'Scenario'), select, meaning, h('div', { class: 'links' }, more, claims))
}

/** One lever. */
class Row {
  #stroke = 0
  #before = undefined
  #last = 0
  #stood = null

  constructor(lever, app) {
    Object.assign(this, { lever, app, id: `lever-${lever.id.replaceAll('.', '-')}` })
    this.yes = lever.step === 1 && lever.low === 0 && lever.high === 1
    this.range = this.#handle()
    this.field = this.#number()
    this.back = h('button', { type: 'button', class: 'back icon', hidden: true, 'aria-label': `${lever.title}: leave it to the model again`, title: 'Leave it to the model again', onclick: () => this.#drop() }, '↺')
    this.held = h('span', { class: 'held', id: `${this.id}-held` })
    this.element = h('div', { class: this.yes ? 'lever yes' : 'lever', dataset: { row: lever.id } },
      h('div', { class: 'lever-head' },
        h('label', { for: this.id, title: lever.meaning, dir: 'auto' }, lever.title), this.field),
      this.range,
      h('div', { class: 'lever-foot' }, this.held, this.back, this.#cited(), this.#about()))
  }

  #handle() {
    const { lever } = this
    return h('input', {
      type: 'range', id: this.id, min: lever.low, max: lever.high, step: lever.step, dataset: { lever: lever.id }, 'aria-describedby': `${this.id}-held`,
      'aria-keyshortcuts': 'Enter', title: 'Enter leads to what it changes',
      oninput: event => this.#move(Number(event.target.value), this.#merge()),
      onkeydown: event => { if (event.key === 'Enter') document.querySelector('#answer button')?.focus() },
      onpointerdown: () => { this.#before = this.app.state.levers[lever.id] },
      // A finger that scrolls the page across a handle does not mean it.
      onpointercancel: () => this.#restore(),
    })
  }

  #restore() {
    if (this.app.state.levers[this.lever.id] === this.#before) return
    if (this.#before === undefined) this.#drop()
    else this.#move(this.#before, this.#merge())
  }

  /** What a drag, or arrow keys in a row, share, so that they are undone as one. */
  #merge() {
    const now = performance.now()
    if (now - this.#last > STROKE) this.#stroke += 1
    this.#last = now
    return `${this.lever.id}#${this.#stroke}`
  }

  #number() {
    const { lever } = this
    return h('input', {
      type: 'number', min: lever.low, max: lever.high, step: 'any', class: 'value', 'aria-label': `${lever.title}, as a number`, title: lever.unit,
      onchange: event => {
        if (event.target.value === '') this.#drop()
        else if (event.target.validity.valid) this.#move(Number(event.target.value), null)
        else event.target.reportValidity()
      },
    })
  }

  #cited() {
    const { lever, app } = this
    if (!lever.sources) return h('span', { class: 'nosource' }, 'no source')
    const many = `${lever.sources} source${lever.sources === 1 ? '' : 's'}`
    return h('button', { type: 'button', class: 'link', 'aria-label': `${lever.title}: ${many}`, title: lever.assumed ? `${many} speak of it; how far it may go is an assumption` : `${many}; see the claims`, onclick: () => app.open('evidence', { lever: lever.id, claims: lever.claims }) }, `${lever.sources} ${lever.assumed ? (lever.sources === 1 ? 'mentions it' : 'mention it') : 'src'}`)
  }

  /** What the lever means, its unit, and what to beware of, under it until it is pressed again. */
  #about() {
    const { lever } = this
    const careful = Boolean(lever.warning) || lever.assumed
    const text = h('div', { class: 'caution note', id: `${this.id}-about`, hidden: true, dir: 'auto' },
      h('p', null, lever.meaning), h('p', null, `Unit: ${lever.unit}; from ${number(lever.low)} to ${number(lever.high)}.`),
      careful ? h('p', null, h('b', null, '⚠ '), lever.warning ?? (lever.sources ? 'An assumption: sources speak of it, none gives a number.' : 'An assumption; no source gives it.')) : null)
    const sign = h('button', {
      type: 'button', class: careful ? 'warn' : 'warn calm', 'aria-expanded': 'false', 'aria-controls': `${this.id}-about`, title: lever.warning ?? lever.meaning,
      'aria-label': `About “${lever.title}”${careful ? ', with a caution' : ''}`, onclick: () => {
        text.hidden = !text.hidden
        sign.setAttribute('aria-expanded', String(!text.hidden))
      },
    }, careful ? '⚠' : 'ⓘ')
    queueMicrotask(() => this.element.append(text))
    return sign
  }

  #move(value, merge) {
    const { lever, app } = this
    if (!Number.isFinite(value) || value < lever.low || value > lever.high) return
    app.began()
    app.set({ levers: { ...app.state.levers, [lever.id]: value } }, { merge })
  }

  #drop() {
    const { [this.lever.id]: gone, ...kept } = this.app.state.levers
    if (gone === undefined) return
    this.app.began()
    this.app.set({ levers: kept })
    this.range.focus()
  }

  /** Put the handle where the state has it; `preset` is the value that the scenario gives. */
  place(own, preset) {
    const { lever, range, field } = this
    const value = own ?? preset
    const shown = value ?? lever.neutral ?? (lever.low + lever.high) / 2
    // A handle that stands where it stood is not drawn again: of many levers one moves.
    const stood = this.#stood
    if (stood && stood[0] === own && stood[1] === preset && stood[2] === field.value && Number(range.value) === shown) return
    if (Number(range.value) !== shown) range.value = shown
    this.#fill(shown, value !== undefined)
    if (document.activeElement !== field || own === undefined) field.value = value === undefined ? '' : Number(shown.toFixed(4))
    field.placeholder = lever.neutral === null ? '–' : String(Number(lever.neutral.toFixed(3)))
    this.element.classList.toggle('moved', own !== undefined)
    this.element.classList.toggle('preset-moved', own === undefined && preset !== undefined)
    this.back.hidden = own === undefined
    this.held.textContent = this.#tell(own, preset)
    range.setAttribute('aria-valuetext', value === undefined ? `not moved; ${this.#alone()}` : this.#said(shown))
    this.#stood = [own, preset, field.value]
  }

  /** The stretch between where the model has it and where it was moved is coloured. */
  #fill(shown, moved) {
    const { lever, range } = this
    const at = value => Math.min(1, Math.max(0, (value - lever.low) / (lever.high - lever.low)))
    const from = at(lever.neutral ?? lever.low)
    const put = (name, value) => range.style.setProperty(name, value.toFixed(4))
    put('--from', moved ? Math.min(from, at(shown)) : 0)
    put('--to', moved ? Math.max(from, at(shown)) : 0)
    put('--at', from)
    range.classList.toggle('unplaced', lever.neutral === null)
  }

  /** The unit as it reads behind a number. */
  get #unit() { return this.lever.unit.replace(/^fraction of /, 'of ').replace(/^percent/, '%') }

  #said(value) { return this.yes ? SWITCH[Math.round(value)] ?? number(value) : `${number(value)} ${this.#unit}` }

  /** What the model does with it if nobody moves it. */
  #alone() {
    const { held } = this.lever
    return `left alone: ${held.replace(/^drawn, /, '')}${/\d/.test(held) && !/^\d/.test(this.#unit) ? ` ${this.#unit}` : ''}`
  }

  #tell(own, preset) {
    if (own !== undefined) return this.#said(own)
    if (preset !== undefined) return `${this.#said(preset)}, by the scenario`
    return this.#alone()
  }
}

/** Put every handle where the state has it. */
function place(rows, element, app) {
  if (!app.situation) return
  const preset = app.situation.presets.find(one => one.id === app.state.base)?.levers ?? {}
  for (const row of rows) row.place(app.state.levers[row.lever.id], preset[row.lever.id])
  for (const group of element.querySelectorAll('details.group')) {
    const count = group.querySelectorAll('.lever.moved').length
    group.querySelector('.moved-count').textContent = count ? `${count} moved` : ''
  }
}
