"""Pilots, as a kind of record."""

from domain.core import Kind, Numbered, Stored, index, unique, words
from domain.pilots.messages import FeedbackAsk
from domain.pilots.record import Feedback, Metric, Pilot, PilotProblem, Reading

PILOT: Kind[Pilot] = Kind(
    "pilot",
    words("pilots"),
    (
        Stored(Pilot, "pilots", (unique("number"),)),
        Stored(Metric, "pilot_metrics", (unique("pilot_id", "name"),)),
        Stored(Reading, "pilot_readings", (unique("metric_id", "week"),)),
        Stored(PilotProblem, "pilot_problems", (index("pilot_id", "week"),)),
        Stored(Feedback, "feedback", (unique("pilot_id", "member", "week"),)),
    ),
    numbered=Numbered(1, listed_by="gemba pilot list", shown_by="gemba pilot show"),
    messages=(FeedbackAsk,),
)
