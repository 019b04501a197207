// SHA-256 of bytes, as hex. The browser's own is there on secure addresses only, and the app is also opened over http in a local network.

const WORDS = primes(64)
const K = Uint32Array.from(WORDS, prime => fraction(Math.cbrt(prime)))
const START = WORDS.slice(0, 8).map(prime => fraction(Math.sqrt(prime)))

function primes(count) {
  const found = []
  for (let each = 2; found.length < count; each += 1) if (found.every(prime => each % prime)) found.push(each)
  return found
}

/** The first 32 bits behind the point. */
function fraction(value) { return Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0 }

const turned = (word, by) => (word >>> by) | (word << (32 - by))

/** The digest of a Uint8Array, as 64 hexadecimal digits. */
export function sha256(bytes) {
  const sum = Uint32Array.from(START)
  const view = padded(bytes)
  for (let at = 0; at < view.byteLength; at += 64) mix(sum, view, at)
  return [...sum].map(word => word.toString(16).padStart(8, '0')).join('')
}

/** The bytes, a one, zeros, and their length in bits. */
function padded(bytes) {
  const made = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  made.set(bytes)
  made[bytes.length] = 0x80
  const view = new DataView(made.buffer)
  view.setUint32(made.length - 8, Math.floor(bytes.length / 2 ** 29))
  view.setUint32(made.length - 4, (bytes.length * 8) >>> 0)
  return view
}

function mix(sum, view, at) {
  const w = new Uint32Array(64)
  for (let i = 0; i < 64; i += 1) w[i] = i < 16 ? view.getUint32(at + 4 * i) : w[i - 16] + small(w[i - 15], 7, 18, 3) + w[i - 7] + small(w[i - 2], 17, 19, 10)
  let [a, b, c, d, e, f, g, k] = sum
  for (let i = 0; i < 64; i += 1) {
    const one = (k + large(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0
    const two = (large(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[k, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
  }
  ;[a, b, c, d, e, f, g, k].forEach((word, place) => { sum[place] += word })
}

const small = (word, one, other, gone) => turned(word, one) ^ turned(word, other) ^ (word >>> gone)
const large = (word, one, other, third) => turned(word, one) ^ turned(word, other) ^ turned(word, third)
