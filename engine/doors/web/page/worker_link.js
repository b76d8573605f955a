// The engine runs in a worker, so that the page never stands still. A call that is given up ends its
// worker; the next call starts another.
const link = {worker: null, ready: null, waiting: new Map(), last: 0, wasm: null};

async function engineBytes() {
  if (link.wasm) return link.wasm;
  const packed = atob(document.getElementById('engine').textContent);
  const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  link.wasm = await new Response(stream).arrayBuffer();
  return link.wasm;
}

function start() {
  if (link.ready) return link.ready;
  link.ready = (async () => {
    const wasm = await engineBytes();
    const source = new Blob([document.getElementById('worker').textContent], {type: 'text/javascript'});
    const url = URL.createObjectURL(source);
    link.worker = new Worker(url);
    link.worker.onmessage = ({data}) => {
      const waiting = link.waiting.get(data.id);
      link.waiting.delete(data.id);
      if (!waiting) return;
      if (data.failure) waiting.reject(new Error(data.failure));
      else waiting.resolve(data);
    };
    link.worker.onerror = (event) => giveUp(event.message);
    return post({wasm});
  })();
  return link.ready;
}

function post(message) {
  const id = ++link.last;
  return new Promise((resolve, reject) => {
    link.waiting.set(id, {resolve, reject});
    link.worker.postMessage({id, ...message});
  });
}

// Ends what runs.
function giveUp(why) {
  if (link.worker) link.worker.terminate();
  link.worker = link.ready = null;
  for (const waiting of link.waiting.values()) waiting.reject(new Error(why));
  link.waiting.clear();
}

// {answer, findings} of a call of engine_calls.js.
async function ask(call, options) {
  await start();
  try {
    return await post({call, options});
  } catch (error) {
    // After a failure inside the engine its memory is not to be trusted.
    giveUp(error.message);
    throw error;
  }
}
