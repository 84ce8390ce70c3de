// What happens while we look: a socket for a person in a workspace, opened again when it breaks.
import { emit } from "./state.js";

let hangUp = null;

// Comes back when nothing that happens is missed any more, or when there is no connection.
export function connect(team, user) {
  disconnect();
  return new Promise((ready) => {
    const stop = listen(team, user, (event) => emit(`live:${event.type}`, event), (yes, again) => {
      emit("online", yes);
      if (again) emit("reconnected");
      ready();
    });
    hangUp = () => {
      stop();
      ready();
    };
  });
}

export function disconnect() {
  hangUp?.();
  hangUp = null;
}

// Returns how to stop it.
export function listen(team, user, heard, turned = () => null) {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  let attempt = 0;
  let socket = null;
  let timer = null;
  const open = () => {
    socket = new WebSocket(`${scheme}://${location.host}/sandbox/api/live?${new URLSearchParams({ team, user })}`);
    socket.onopen = () => {
      turned(true, attempt > 0);
      attempt = 0;
    };
    socket.onmessage = ({ data }) => heard(JSON.parse(data));
    socket.onclose = () => {
      turned(false);
      attempt += 1;
      timer = setTimeout(open, Math.min(8000, 300 * 2 ** attempt));
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    socket.onclose = socket.onmessage = null;
    socket.onopen = () => socket.close(); // one that is only opening would complain
    if (socket.readyState === WebSocket.OPEN) socket.close();
  };
}
