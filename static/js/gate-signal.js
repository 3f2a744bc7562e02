// Each answer has its own sound and vibration: one high, two middle, one low.

const SIGNALS = {
  yes: { tones: [[1320, 0]], seconds: 0.18, vibration: [80] },
  look: { tones: [[740, 0], [740, 0.24]], seconds: 0.14, vibration: [90, 70, 90] },
  no: { tones: [[190, 0]], seconds: 0.5, vibration: [400] },
};

let sound;

// Browsers let a page sound only after a person has touched it.
export function wakeSound() {
  sound ??= new AudioContext();
  if (sound.state === "suspended") sound.resume();
}

export function signal(kind) {
  const { tones, seconds, vibration } = SIGNALS[kind];
  navigator.vibrate?.(vibration);
  if (sound?.state !== "running") return;
  for (const [pitch, after] of tones) tone(pitch, sound.currentTime + after, seconds);
}

function tone(pitch, begins, seconds) {
  const wave = sound.createOscillator();
  const volume = sound.createGain();
  wave.frequency.value = pitch;
  volume.gain.setValueAtTime(0.4, begins);
  volume.gain.exponentialRampToValueAtTime(0.001, begins + seconds);
  wave.connect(volume).connect(sound.destination);
  wave.start(begins);
  wave.stop(begins + seconds);
}
