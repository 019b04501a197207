// The reader's own copies of the sources: read in this page, sent to nobody, kept until its tab is closed.

import { sha256 } from './sha256.js'

// So many characters stand on either side of a passage, and no text is larger: as the server has it (passage.py).
const AROUND = 200
const LARGEST = 5_000_000
const KEPT = 'copy of '

export class Copies {
  #texts = new Map()

  /** The characters of a text: what lies outside the usual plane of characters counts as one, as in the case's locators. */
  #text(digest) {
    if (!digest) return null
    if (!this.#texts.has(digest)) {
      const kept = stored(digest)
      this.#texts.set(digest, kept === null ? null : Array.from(kept))
    }
    return this.#texts.get(digest)
  }

  /** Whether the text of a source is here. */
  has(source) { return this.#text(source?.text_sha256) !== null }

  /** Take the files that are the texts of these sources; what was found, and what each other file is instead. */
  async take(files, sources) {
    const told = { found: [], other: [] }
    for (const file of files) {
      const source = file.size <= LARGEST ? await this.#match(file, sources) : null
      if (source) told.found.push(source)
      else told.other.push(`“${file.name}” (${file.size.toLocaleString('en')} bytes)`)
    }
    return told
  }

  async #match(file, sources) {
    for (const bytes of spellings(new Uint8Array(await file.arrayBuffer()))) {
      const digest = sha256(bytes)
      const source = sources.find(one => one.text_sha256 === digest)
      if (!source) continue
      const text = decoded(bytes)
      this.#texts.set(digest, Array.from(text))
      try { sessionStorage.setItem(KEPT + digest, text) } catch { /* kept until the page is left */ }
      return source
    }
    return null
  }

  /** The passage of a claim and what stands around it; null where the text differs from what was read there. */
  passage(source, { start, end, sha256: expected }) {
    const text = this.#text(source.text_sha256)
    const passage = text.slice(start, end).join('')
    if (sha256(new TextEncoder().encode(passage)) !== expected) return null
    return { before: text.slice(Math.max(0, start - AROUND), start).join(''), passage, after: text.slice(end, end + AROUND).join('') }
  }

  forget() {
    for (const digest of this.#texts.keys()) try { sessionStorage.removeItem(KEPT + digest) } catch { /* nothing was kept */ }
    this.#texts.clear()
  }
}

function stored(digest) {
  try { return sessionStorage.getItem(KEPT + digest) } catch { return null }
}

const decoded = bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** The file as it is, and as other programs save the same text: without a mark at its start, with the line ends of another system. */
function* spellings(bytes) {
  yield bytes
  const text = decoded(bytes).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  for (const each of [text, text.trimEnd(), `${text.trimEnd()}\n`, text.replaceAll('\n', '\r\n')]) yield new TextEncoder().encode(each)
}
