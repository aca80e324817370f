/** Sounds made in the test, at the rate the finding of offsets works with, the same for the same seed. */
export const soundRate = 8000

type Sound = Float32Array<ArrayBuffer>

/** Mulberry32: numbers from 0 to 1. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const samples = (seconds: number) => Math.round(seconds * soundRate)

const made = (seconds: number, value: (nth: number) => number): Sound =>
  Float32Array.from({ length: samples(seconds) }, (_, nth) => value(nth))

/** Two poles and no zero: rings at a frequency. */
function ring(sound: Sound, frequency: number, width: number): Sound {
  const radius = Math.exp((-Math.PI * width) / soundRate)
  const turn = 2 * radius * Math.cos((2 * Math.PI * frequency) / soundRate)
  let [one, two] = [0, 0]
  return sound.map((value) => {
    const next = (1 - radius) * value + turn * one - radius * radius * two
    two = one
    one = next
    return next
  })
}

/** To the loudness of ordinary sound. */
export function levelled(sound: Sound, loudness = 0.1): Sound {
  let energy = 0
  for (const value of sound) energy += value * value
  const gain = loudness / Math.max(1e-9, Math.sqrt(energy / sound.length))
  return sound.map((value) => value * gain)
}

/** Syllables of a voice with pauses between words; each has its own pitch, vowel and consonant. */
export function speech(seconds: number, seed: number): Sound {
  const next = dice(seed)
  const voice = 90 + 140 * next()
  const sound = new Float32Array(samples(seconds))
  for (let at = 0.3 * next(); at < seconds;) {
    const length = 0.1 + 0.18 * next()
    const pitch = voice * (0.85 + 0.3 * next())
    const bend = 0.8 + 0.4 * next()
    let phase = 0
    const hiss = next() < 0.5 ? 0.02 + 0.05 * next() : 0
    const source = made(length, (nth) => {
      const time = nth / soundRate
      phase += (pitch * (1 + ((bend - 1) * time) / length)) / soundRate
      const pulse = phase >= 1 ? 1 : 0
      phase %= 1
      return time < hiss ? next() - 0.5 : pulse * 2 + 0.02 * (next() - 0.5)
    })
    const formants = [300 + 500 * next(), 900 + 1300 * next(), 2300 + 900 * next()]
    const begin = samples(at)
    for (const [nth, frequency] of formants.entries())
      ring(source, frequency, 80 + 40 * nth).forEach((value, place) => {
        const swell = Math.sin((Math.PI * place) / source.length)
        if (begin + place < sound.length)
          sound[begin + place] = (sound[begin + place] ?? 0) + (value * swell) / (nth + 1)
      })
    at += length + (next() < 0.25 ? 0.15 + 0.4 * next() : 0.02)
  }
  return levelled(sound)
}

/** Notes over a beat, with harmonics that fade, and a drum of noise. */
export function music(seconds: number, seed: number): Sound {
  const next = dice(seed)
  const beat = 60 / (90 + 60 * next())
  const root = 110 * 2 ** (Math.floor(12 * next()) / 12)
  const scale = [0, 2, 4, 7, 9, 12, 14, 16]
  const sound = new Float32Array(samples(seconds))
  const add = (at: number, length: number, value: (time: number) => number) => {
    const begin = samples(at)
    for (let place = 0; place < samples(length) && begin + place < sound.length; place += 1)
      sound[begin + place] = (sound[begin + place] ?? 0) + value(place / soundRate)
  }
  for (let nth = 0; nth * (beat / 2) < seconds; nth += 1) {
    const at = (nth * beat) / 2
    const pitch = root * 2 ** ((scale[Math.floor(next() * scale.length)] ?? 0) / 12)
    if (next() < 0.8)
      add(at + 0.004 * next(), beat, (time) => {
        let value = 0
        for (let harmonic = 1; harmonic <= 5; harmonic += 1)
          value += Math.sin(2 * Math.PI * pitch * harmonic * time) / harmonic
        return value * Math.exp(-5 * time)
      })
    if (nth % 2 === 0 || next() < 0.3) add(at, 0.12, (time) => 1.5 * (next() - 0.5) * Math.exp(-40 * time))
  }
  return levelled(sound)
}

export const noise = (seconds: number, seed: number, loudness = 0.1): Sound => {
  const next = dice(seed)
  let slow = 0
  return levelled(
    made(seconds, () => {
      const white = next() - 0.5
      slow = 0.95 * slow + white
      return white + 0.5 * slow
    }),
    loudness,
  )
}

/** A part of a sound; before and after it there is silence. */
export const part = (sound: Sound, from: number, seconds: number): Sound =>
  made(seconds, (nth) => sound[samples(from) + nth] ?? 0)

export const mixed = (one: Sound, other: Sound): Sound => one.map((value, nth) => value + (other[nth] ?? 0))

/** Heard over a telephone in a room: a narrow band, echoes, and a compressor. */
export function telephone(sound: Sound): Sound {
  const band = ring(ring(sound, 1200, 1400), 800, 1200)
  const echoes = [
    [0.031, 0.5],
    [0.067, 0.4],
    [0.113, 0.3],
  ] as const
  const room = band.map((value, nth) =>
    echoes.reduce((sum, [late, gain]) => sum + gain * (band[nth - samples(late)] ?? 0), value),
  )
  const loud = levelled(room, 0.3)
  return levelled(loud.map((value) => Math.sign(value) * Math.abs(value) ** 0.6))
}

/** Nothing to hear for so much of each two seconds. */
export const interrupted = (sound: Sound, share: number): Sound =>
  sound.map((value, nth) => ((nth / samples(2)) % 1 < share ? 0 : value))

/** At another speed, and at another pitch with it. */
export const resampled = (sound: Sound, speed: number): Sound =>
  Float32Array.from({ length: Math.floor(sound.length / speed) }, (_, nth) => {
    const at = nth * speed
    const before = Math.floor(at)
    const [one = 0, other = 0] = [sound[before], sound[before + 1]]
    return one + (other - one) * (at - before)
  })

/** At another speed with its pitch kept: grains of 60 ms, each from where it continues the one before best. */
export function stretched(sound: Sound, speed: number): Sound {
  const half = samples(0.03)
  const search = samples(0.008)
  const longer = new Float32Array(Math.floor(sound.length / speed))
  let before = 0
  for (let begin = 0; begin < longer.length; begin += half) {
    const wanted = Math.round((begin + half) * speed) - half
    let [from, best] = [wanted, -Infinity]
    for (let at = wanted - search; at <= wanted + search; at += 1) {
      let match = 0
      for (let nth = 0; nth < half; nth += 2)
        match += (sound[at + nth] ?? 0) * (sound[before + half + nth] ?? 0)
      if (match > best) [from, best] = [at, match]
    }
    for (let nth = 0; nth < 2 * half && begin + nth < longer.length; nth += 1)
      longer[begin + nth] =
        (longer[begin + nth] ?? 0) + (sound[from + nth] ?? 0) * (1 - Math.abs(nth - half) / half)
    before = from
  }
  return longer
}

export function repeated(sound: Sound, times: number): Sound {
  const long = new Float32Array(sound.length * times)
  for (let nth = 0; nth < times; nth += 1) long.set(sound, nth * sound.length)
  return long
}
