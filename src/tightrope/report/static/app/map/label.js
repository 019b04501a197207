// Names and values on the map; where the name finds no room the value stands alone.

import { clear, svg } from '../dom.js'

const WIDE = 6.3
const HIGH = 13

export class Labels {
  constructor(size) {
    this.size = size
    this.element = svg('g', { class: 'map-labels', 'aria-hidden': 'true' })
  }

  /** `wanted`: [{x, y, name, value, role}], the most important first. */
  draw(wanted) {
    const taken = []
    const made = []
    for (const one of wanted) {
      const whole = this.#box(one, Math.max(one.name.length, one.value?.length ?? 0), one.value ? 2 : 1)
      const short = one.value ? this.#box(one, one.value.length, 1) : null
      const box = this.#free(whole, taken) ? whole : short && this.#free(short, taken) ? short : null
      if (!box) continue
      taken.push(box)
      made.push(box === whole ? this.#both(one) : this.#text(one, one.y + 4, one.value, 'value'))
    }
    clear(this.element, made)
  }

  #box({ x, y }, letters, lines) {
    const wide = letters * WIDE / 2
    return [x - wide - 2, y - lines * HIGH / 2, x + wide + 2, y + lines * HIGH / 2]
  }

  #free(box, taken) {
    const inside = box[0] > 0 && box[2] < this.size[0] && box[1] > 0 && box[3] < this.size[1]
    return inside && !taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])
  }

  #both(one) {
    if (!one.value) return this.#text(one, one.y + 4, one.name, one.role)
    return [this.#text(one, one.y - 2, one.name, one.role), this.#text(one, one.y + 11, one.value, 'value')]
  }

  #text({ x }, y, said, kind) {
    return svg('text', { class: kind, x: x.toFixed(1), y: y.toFixed(1) }, said)
  }
}
