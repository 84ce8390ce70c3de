"""What time does has a name and a purpose in both languages."""

import pytest

from jobs.registry import JOBS
from views.core import CHINESE, ENGLISH, language
from views.schedules import jobs


@pytest.mark.parametrize("job", sorted(JOBS))
@pytest.mark.parametrize("subject", ["", "C1", "U1"])
def test_every_job_is_named_for_people_in_both_languages(job: str, subject: str) -> None:
    english, chinese = language(ENGLISH), language(CHINESE)
    assert jobs.name(job, subject, english) != job
    assert jobs.name(job, subject, chinese) != jobs.name(job, subject, english)
    assert jobs.purpose(job, subject, chinese) != jobs.purpose(job, subject, english)
