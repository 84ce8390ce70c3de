"""What all handlers are made of."""

from handlers.core.replies import Done, Home, Long, Open, Options, Refuse, Reply, Say, Update, View
from handlers.core.request import Request, form_of, metadata_in, metadata_of
from handlers.core.routing import Handler, Kind, Routes
from handlers.core.showing import show, writing_about
from handlers.core.verbs import Verbs, did_you_mean, looked_up
