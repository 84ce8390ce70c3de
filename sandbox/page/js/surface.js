// What a message, a modal and the Home tab have in common: blocks, typed values, actions sent to the app.
import { api } from "./api.js";
import { confirmDialog } from "./confirm.js";
import { working } from "./dom.js";
import { reportFailure, reportOutcome } from "./toasts.js";

export class Surface {
  constructor(kind, container, values = {}) {
    this.kind = kind; // "message", "modal" or "home"
    this.container = container;
    this.values = values; // as Slack's view.state.values
    this.errors = {};
    this.known = values;
  }

  // Before blocks are drawn again: typed values stay where block_id and action_id stay.
  beginDrawing() {
    this.known = this.values;
    this.values = {};
  }

  // The element's value now: what was typed before, or `initial` when the element is new.
  value(block, element, initial) {
    const known = this.known[block.block_id]?.[element.action_id];
    const value = known?.type === element.type ? known : { type: element.type, ...initial };
    (this.values[block.block_id] ??= {})[element.action_id] = value;
    return value;
  }

  set(block, element, patch) {
    const value = { type: element.type, ...patch };
    (this.values[block.block_id] ??= {})[element.action_id] = value;
  }

  // Tells the app; the control shows that it works until the app has answered. False if the person said no.
  async act(block, element, data, control) {
    if (element.confirm && !(await confirmDialog(element.confirm))) return false;
    const request = api.action({
      container: this.container,
      block_id: block.block_id,
      action: { action_id: element.action_id, type: element.type, ...data },
      state: { values: this.values },
    });
    try {
      const outcome = await (control ? working(control, request) : request);
      reportOutcome(outcome);
      return outcome;
    } catch (error) {
      reportFailure(error);
      return null;
    }
  }

  async options(block, element, value) {
    return api.options({ container: this.container, block_id: block.block_id, action_id: element.action_id, value });
  }
}
