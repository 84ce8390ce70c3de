"""KPI alerts, as a kind of record."""

from domain.cards.actions import note_in_thread, redraw_card
from domain.cards.messages import Card, Note
from domain.core import Kind, Stored, index, unique, words
from domain.kpis.alerts.cards import alert_key
from domain.kpis.record import KpiAlert

ALERT: Kind[KpiAlert] = Kind(
    "alert",
    words("KPI alerts"),
    (
        Stored(
            KpiAlert,
            "kpi_alerts",
            (
                index("kpi_id", "segment"),
                index("card"),
                unique("kpi_id", "segment", empty="closed_at", name="uq_kpi_alerts_open"),
            ),
        ),
    ),
    after=(note_in_thread, redraw_card),
    own_card=lambda alert: alert.card or alert_key(alert.id),
    said_as={Card: "KpiAlertCard", Note: "KpiAlertDeed"},
)
