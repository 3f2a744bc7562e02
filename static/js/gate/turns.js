// Codes may come quicker than their answers: none is dropped, and each answer is seen before the next.

// Gives a function that begins what it is handed once all before it is done and was seen so long.
export function inTurns(leastMs) {
  let last = Promise.resolve();
  let waiting = 0;
  return (act) => {
    waiting += 1;
    const turn = last.then(act).finally(() => (waiting -= 1));
    last = turn.catch(() => {}).then(() => (waiting ? seen(leastMs) : null));
    return turn;
  };
}

const seen = (ms) => new Promise((done) => setTimeout(done, ms));
