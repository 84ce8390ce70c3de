// What happens while we look: one socket per person, opened again when it breaks.
import { emit } from "./state.js";

let socket = null;
let attempt = 0;

export function connect(user) {
  disconnect();
  attempt = 0;
  open(user);
}

function disconnect() {
  if (!socket) return;
  socket.onclose = socket.onmessage = null;
  socket.close();
  socket = null;
}

function open(user) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const current = (socket = new WebSocket(`${scheme}://${location.host}/sandbox/api/live?user=${user}`));
  current.onopen = () => {
    emit("online", true);
    if (attempt > 0) emit("reconnected");
    attempt = 0;
  };
  current.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    emit(`live:${event.type}`, event);
  };
  current.onclose = () => {
    if (socket !== current) return;
    emit("online", false);
    attempt += 1;
    setTimeout(() => socket === current && open(user), Math.min(8000, 300 * 2 ** attempt));
  };
}
