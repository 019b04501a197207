// The map: deciders shaded by a quantity of the runs, poles hatched, disputed land hatched otherwise. Its parts are drawn
// once for a size; zooming and shifting only move them.

import { geoAzimuthalEqualArea, geoCentroid, geoDistance, geoNaturalEarth1, geoPath } from '../vendor/d3-geo.js'
import { clear, h, svg } from '../dom.js'
import { Labels } from './label.js'
import { hatches } from './hatch.js'
import { roving, Tip } from './rove.js'
import { middle } from './world.js'

const STEPS = 7
const PLAYING = ['focus', 'decider', 'pole']
const MOST = 12
const SHIFT = 60
// The rim of the world without the Antarctic.
const WHOLE = [[-168, 10], [190, 10], [0, 83], [0, -56]]
const clamp = (value, low, high) => Math.max(low, Math.min(high, value))

export class Picture {
  view = { k: 1, x: 0, y: 0 }
  whole = false
  size = [0, 0]

  constructor(model) {
    this.model = model
    this.tipBox = h('div', { class: 'map-tip', hidden: true, 'aria-hidden': 'true' })
    this.canvas = svg('svg', { class: 'map-canvas', role: 'group', 'aria-label': 'Map' })
    this.stage = h('div', { class: 'map-stage' }, this.canvas, this.tipBox, this.#tools())
    this.legend = h('div', { class: 'map-legend' })
    this.element = h('figure', { class: 'map-figure' }, this.stage, this.legend)
    this.tip = new Tip(this.stage, this.tipBox)
    this.settle = roving(this.canvas, () => [...this.canvas.querySelectorAll('[data-key]')], { keys: this.#keys() })
    this.#listen()
    new ResizeObserver(() => this.#fit()).observe(this.stage)
  }

  #tools() {
    const button = (text, label, act) => h('button', { type: 'button', class: 'icon', 'aria-label': label, title: label, onclick: act }, text)
    this.world = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => this.#toggle() }, 'Whole world')
    return h('div', { class: 'map-tools', role: 'group', 'aria-label': 'Zoom' },
      button('+', 'Zoom in', () => this.zoom(1.5)), button('−', 'Zoom out', () => this.zoom(1 / 1.5)),
      button('⟲', 'Back to the first view', () => this.#home()), this.world)
  }

  #keys() {
    const by = (x, y) => event => { if (event.shiftKey) this.shift(x, y) }
    return {
      '+': () => this.zoom(1.5), '=': () => this.zoom(1.5), '-': () => this.zoom(1 / 1.5), 0: () => this.#home(),
      ArrowRight: by(-SHIFT, 0), ArrowLeft: by(SHIFT, 0), ArrowUp: by(0, SHIFT), ArrowDown: by(0, -SHIFT),
    }
  }

  #listen() {
    const { canvas } = this
    const at = event => event.target.closest?.('[data-key]')
    canvas.addEventListener('click', event => { if (!this.dragged && at(event)) this.#choose(at(event)) })
    canvas.addEventListener('pointermove', event => this.#hover(event, at(event)))
    canvas.addEventListener('pointerleave', () => this.tip.hide())
    canvas.addEventListener('focusin', event => { if (at(event)) this.#focused(at(event)) })
    canvas.addEventListener('focusout', () => { this.tip.hide(); this.halo?.setAttribute('d', '') })
    canvas.addEventListener('wheel', event => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = canvas.getBoundingClientRect()
      this.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - box.left, event.clientY - box.top)
    }, { passive: false })
    this.#drag()
  }

  #drag() {
    let from = null
    this.canvas.addEventListener('pointerdown', event => { from = [event.clientX, event.clientY]; this.dragged = false })
    this.canvas.addEventListener('pointermove', event => {
      if (!from || !(event.buttons & 1) || event.pointerType === 'touch') return
      const by = [event.clientX - from[0], event.clientY - from[1]]
      if (!this.dragged && Math.hypot(...by) < 5) return
      this.dragged = true
      from = [event.clientX, event.clientY]
      this.shift(...by)
    })
    addEventListener('pointerup', () => { from = null })
  }

  #choose(element) {
    const [kind, id] = element.dataset.key.split(':')
    if (kind === 'area') this.model.chooseArea(id)
    else this.model.chooseState(id)
  }

  #hover(event, element) {
    if (this.dragged || !element) return this.tip.hide()
    const box = this.stage.getBoundingClientRect()
    this.tip.show(event.clientX - box.left, event.clientY - box.top, ...this.#said(element.dataset.key))
  }

  #focused(element) {
    if (!element.matches(':focus-visible')) return
    this.halo.setAttribute('d', element.getAttribute('d'))
    clipped(this.halo, element)
    let [x, y] = this.#place(element.dataset.key)
    if (x < 20 || y < 20 || x > this.size[0] - 20 || y > this.size[1] - 20) {
      this.shift(this.size[0] / 2 - x, this.size[1] / 2 - y)
      ;[x, y] = this.#place(element.dataset.key)
    }
    this.tip.show(x, y, ...this.#said(element.dataset.key))
  }

  #said(key) {
    const [title, ...lines] = this.model.saidOf(key)
    return [h('strong', null, title), ...lines.map(line => h('span', null, line))]
  }

  /** Where the middle of something stands on the stage. */
  #place(key) {
    const [x, y] = this.projection(this.centres.get(key)) ?? [0, 0]
    return [x * this.view.k + this.view.x, y * this.view.k + this.view.y]
  }

  zoom(by, x = this.size[0] / 2, y = this.size[1] / 2) {
    const k = clamp(this.view.k * by, 0.7, MOST)
    const real = k / this.view.k
    this.view = { k, x: x - (x - this.view.x) * real, y: y - (y - this.view.y) * real }
    this.#move()
  }

  shift(x, y) {
    const [wide, high] = this.size
    const { k } = this.view
    this.view = { k, x: clamp(this.view.x + x, wide * (0.5 - k), wide * 0.5), y: clamp(this.view.y + y, high * (0.5 - k), high * 0.5) }
    this.#move()
  }

  #home() {
    this.view = { k: 1, x: 0, y: 0 }
    this.#move()
  }

  #toggle() {
    this.whole = !this.whole
    this.world.setAttribute('aria-pressed', String(this.whole))
    this.view = { k: 1, x: 0, y: 0 }
    this.draw()
  }

  #fit() {
    const [wide, high] = [this.stage.clientWidth, this.stage.clientHeight]
    if (wide > 0 && high > 0 && (wide !== this.size[0] || high !== this.size[1])) this.draw()
  }

  /** Draw everything for the size that there is. */
  draw() {
    const { model } = this
    this.size = [this.stage.clientWidth, this.stage.clientHeight]
    if (!model.ready || !this.size[0] || !this.size[1]) return
    this.projection = this.#projected()
    this.path = geoPath(this.projection).digits(1)
    this.canvas.setAttribute('viewBox', `0 0 ${this.size[0]} ${this.size[1]}`)
    this.centres = new Map()
    this.labels = new Labels(this.size)
    this.patterns = hatches(model.atlas.blocs)
    this.land = svg('g', { class: 'map-land' }, this.#states())
    this.halo = svg('path', { class: 'map-halo' })
    this.chosen = svg('path', { class: 'map-chosen' })
    this.moving = svg('g', null, svg('path', { class: 'map-sea', d: this.path({ type: 'Sphere' }) }), this.land,
      svg('path', { class: 'map-coast', d: this.path(model.world.coasts) }), svg('path', { class: 'map-border', d: this.path(model.world.borders) }),
      this.#outlines(), this.#areas(), this.chosen, this.halo)
    clear(this.canvas, svg('defs', null, this.patterns, hatches(model.atlas.blocs, 'key'), this.#clips()), this.moving, this.labels.element)
    this.#move()
    this.shade()
    this.settle()
  }

  #projected() {
    const { model, size } = this
    if (this.whole) return geoNaturalEarth1().rotate([-11, 0]).fitExtent([[4, 4], [size[0] - 4, size[1] - 4]], { type: 'MultiPoint', coordinates: WHOLE })
    const focus = middle([model.numeric(model.focus)], model.world) ?? [60, 45]
    const within = (codes, far) => codes.map(each => middle(each, model.world)).filter(point => point && geoDistance(point, focus) < far)
    const near = [...within(model.deciders.map(id => [model.numeric(id)]), 0.95), ...within(model.atlas.blocs.map(one => one.members.map(id => model.numeric(id))), 0.72)]
    const points = { type: 'MultiPoint', coordinates: near.length > 1 ? near : [focus, [focus[0] + 8, focus[1] + 5], [focus[0] - 8, focus[1] - 5]] }
    const rim = Math.min(70, size[0] * 0.1)
    const [x, y] = geoCentroid(points)
    return geoAzimuthalEqualArea().rotate([-x, -y]).clipAngle(120).fitExtent([[rim, rim * 0.7], [size[0] - rim, size[1] - rim]], points)
  }

  #states() {
    const { model } = this
    const found = [...model.world.states].map(([code, shape]) => ({ code, shape, state: model.byNumeric.get(code) }))
    return found.map(({ code, shape, state }) => {
      const d = this.path(shape)
      if (!d) return null
      if (!state || !(PLAYING.includes(state.role) || (state.role === 'other' && state.actor))) return this.#plain(d, state)
      this.centres.set(`state:${state.id}`, geoCentroid(shape.main))
      return this.#playing(d, state)
    })
  }

  /** A state that only lies there; a bloc's members are chosen as the bloc. */
  #plain(d, state) {
    const bloc = state?.pole
    const shape = svg('path', { class: `map-state ${bloc ? 'bloc' : ''}`, d })
    if (!bloc) return shape
    const hatch = svg('path', { class: 'map-hatch', d, fill: `url(#hatch-${bloc})` })
    for (const one of [shape, hatch]) one.addEventListener('click', () => { if (!this.dragged) this.model.chooseState(state.id) })
    hatch.addEventListener('pointermove', event => {
      const box = this.stage.getBoundingClientRect()
      this.tip.show(event.clientX - box.left, event.clientY - box.top, ...this.#said(`state:${state.id}`))
    })
    return [shape, hatch]
  }

  #playing(d, state) {
    const key = `state:${state.id}`
    const told = { d, role: 'button', dataset: { key, state: state.id } }
    if (state.role !== 'pole') return svg('path', { class: `map-state ${state.role}`, ...told })
    return [svg('path', { class: 'map-state', d }), svg('path', { class: 'map-hatch', fill: `url(#hatch-${state.pole})`, ...told })]
  }

  /** The line around each bloc, in the colour and dash of its hatching. */
  #outlines() {
    const { model } = this
    return model.atlas.blocs.map((bloc, place) => bloc.members.map(id => {
      const shape = model.world.states.get(model.numeric(id))
      return shape ? svg('path', { class: `map-outline pole-${place % 5}`, d: this.path(shape) }) : null
    }))
  }

  #clips() {
    return this.model.world.areas.filter(area => area.schematic).map(area => svg('clipPath', { id: `clip-${area.id}` },
      area.within.map(code => this.model.world.states.get(code)).filter(Boolean).map(shape => svg('path', { d: this.path(shape) }))))
  }

  #areas() {
    return this.model.world.areas.map(area => {
      const d = this.path(area.geometry)
      if (!d) return null
      const key = `area:${area.id}`
      this.centres.set(key, area.centre)
      const shape = svg('path', { class: 'map-area', d, role: 'button', 'aria-label': `${area.name}, disputed. ${area.said}`, dataset: { key, area: area.id } })
      return svg('g', area.schematic ? { 'clip-path': `url(#clip-${area.id})` } : null, shape)
    })
  }

  #move() {
    if (!this.moving) return
    const { k, x, y } = this.view
    this.moving.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${k.toFixed(3)})`)
    for (const pattern of this.patterns) pattern.setAttribute('patternTransform', `${pattern.dataset.turn} scale(${(1 / k).toFixed(3)})`)
    this.#label()
  }

  /** Colours, labels and legend as they are in the month of the cursor. */
  shade() {
    if (!this.moving) return
    const { model } = this
    for (const shape of this.land.querySelectorAll('[data-key]')) {
      const id = shape.dataset.state
      const role = model.byId.get(id).role
      const value = model.value(id)
      const step = value === null ? '' : `q${this.#step(value)}`
      if (role !== 'pole') shape.setAttribute('class', `map-state ${role} ${step}`)
      shape.setAttribute('aria-label', model.saidOf(`state:${id}`).join('. '))
    }
    for (const shape of this.moving.querySelectorAll('.map-area')) shape.parentElement.toggleAttribute('hidden', !model.areaNow(shape.dataset.area))
    this.#mark()
    this.#label()
    clear(this.legend, this.#key())
  }

  #step(value) {
    const [low, high] = this.model.domain
    return clamp(Math.floor(STEPS * (value - low) / (high - low || 1)), 0, STEPS - 1)
  }

  #mark() {
    const selection = this.model.selection
    const key = selection?.kind === 'area' ? `area:${selection.id}` : selection?.kind === 'actor' ? `state:${selection.id}` : ''
    const shape = key ? this.moving.querySelector(`[data-key="${CSS.escape(key)}"]`) : null
    const bloc = selection?.kind === 'actor' ? this.model.atlas.blocs.find(one => one.id === selection.id) : null
    const parts = bloc ? bloc.members.map(id => this.path(this.model.world.states.get(this.model.numeric(id)))) : [shape?.getAttribute('d')]
    this.chosen.setAttribute('d', parts.filter(Boolean).join(''))
    clipped(this.chosen, shape)
    for (const each of this.canvas.querySelectorAll('[data-key]')) each.setAttribute('aria-pressed', String(each === shape))
  }

  #label() {
    const { model, view } = this
    const order = { focus: 0, pole: 1, decider: 2, other: 3 }
    const wanted = [...this.centres].filter(([key]) => key.startsWith('state:')).map(([key]) => model.byId.get(key.slice(6)))
      .sort((one, other) => order[one.role] - order[other.role])
    this.labels.draw(wanted.map(state => {
      const [x, y] = this.#place(`state:${state.id}`)
      return { x, y, name: state.name, value: model.shown(state.id), role: state.role }
    }), view.k)
  }

  #key() {
    const { model } = this
    const [low, high] = model.domain
    const swatches = Array.from({ length: STEPS }, (_, step) => h('i', { class: `q${step}` }))
    const poles = model.atlas.blocs.map(bloc => h('li', null, this.#sample(`key-${bloc.id}`), bloc.name))
    return [
      model.shading ? h('div', { class: 'map-ramp' }, h('span', null, model.format(low)), h('span', { class: 'ramp', 'aria-hidden': 'true' }, swatches), h('span', null, model.format(high)), h('span', { class: 'unit' }, model.shading.unit)) : h('div', { class: 'map-ramp' }, '…'),
      h('ul', { class: 'plain map-keys' }, h('li', null, this.#sample('key-disputed', 'dashed'), 'disputed'), poles),
    ]
  }

  #sample(fill, more = '') {
    return svg('svg', { class: `map-sample ${more}`, width: 26, height: 14, viewBox: '0 0 26 14', 'aria-hidden': 'true' }, svg('rect', { x: 1, y: 1, width: 24, height: 12, fill: `url(#${fill})` }))
  }
}

/** Around a schematic area a line is cut off where the area is. */
function clipped(line, shape) {
  const clip = shape?.parentElement.getAttribute('clip-path')
  if (clip) line.setAttribute('clip-path', clip)
  else line.removeAttribute('clip-path')
}
