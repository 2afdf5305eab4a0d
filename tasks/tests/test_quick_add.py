"""A line that says what is to be done and when."""

from datetime import date

import pytest

from tasks.quick_add import months_later, understand

MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)


def read(text, today=MONDAY):
    title, due = understand(text, today)
    return title, due and due.isoformat()


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("Call Anna today", "Call Anna", "2026-11-23"),
        ("Call Anna tomorrow", "Call Anna", "2026-11-24"),
        ("Call Anna TOMORROW.", "Call Anna", "2026-11-24"),
        ("Call Anna day after tomorrow", "Call Anna", "2026-11-25"),
        ("Call Anna the day after tomorrow", "Call Anna", "2026-11-25"),
        ("Send offer fri", "Send offer", "2026-11-27"),
        ("Send offer on Friday", "Send offer", "2026-11-27"),
        ("Send offer by friday!", "Send offer", "2026-11-27"),
        ("Slides for Tuesday", "Slides", "2026-11-24"),
        ("Demo this thu", "Demo", "2026-11-26"),
        ("Demo mon", "Demo", "2026-11-30"),
        ("Demo next monday", "Demo", "2026-11-30"),
        ("Demo next friday", "Demo", "2026-12-04"),
        ("Demo next week", "Demo", "2026-11-30"),
        ("Demo in 3 days", "Demo", "2026-11-26"),
        ("Demo in a week", "Demo", "2026-11-30"),
        ("Demo in 2 weeks", "Demo", "2026-12-07"),
        ("Demo in one month", "Demo", "2026-12-23"),
        ("Demo 2026-12-01", "Demo", "2026-12-01"),
        ("Demo on 1.12.2026", "Demo", "2026-12-01"),
        ("Demo 1 Dec", "Demo", "2026-12-01"),
        ("Demo on Dec 1st, 2027", "Demo", "2027-12-01"),
        ("Demo 22 November", "Demo", "2027-11-22"),
        ("Demo 23 November", "Demo", "2026-11-23"),
        ("Demo, tomorrow", "Demo", "2026-11-24"),
        ("Demo — tomorrow", "Demo", "2026-11-24"),
        ("  Call   Anna  tomorrow ", "Call Anna", "2026-11-24"),
    ],
)
def test_day_at_the_end_is_when_the_task_is_due(text, title, due):
    assert read(text) == (title, due)


@pytest.mark.parametrize(
    ("text", "title", "due"),
    [
        ("Позвонить Анне сегодня", "Позвонить Анне", "2026-11-23"),
        ("Позвонить Анне завтра", "Позвонить Анне", "2026-11-24"),
        ("Подготовить договор на завтра", "Подготовить договор", "2026-11-24"),
        ("Позвонить послезавтра", "Позвонить", "2026-11-25"),
        ("Отправить КП пт", "Отправить КП", "2026-11-27"),
        ("Отправить КП в пятницу", "Отправить КП", "2026-11-27"),
        ("Отправить КП к пятнице", "Отправить КП", "2026-11-27"),
        ("Отправить КП до среды", "Отправить КП", "2026-11-25"),
        ("Встреча во вторник", "Встреча", "2026-11-24"),
        ("Встреча в понедельник", "Встреча", "2026-11-30"),
        ("Встреча в следующую пятницу", "Встреча", "2026-12-04"),
        ("Встреча на следующей неделе", "Встреча", "2026-11-30"),
        ("Встреча через 3 дня", "Встреча", "2026-11-26"),
        ("Встреча через день", "Встреча", "2026-11-24"),
        ("Встреча через неделю", "Встреча", "2026-11-30"),
        ("Встреча через 2 недели", "Встреча", "2026-12-07"),
        ("Встреча через месяц", "Встреча", "2026-12-23"),
        ("Встреча 1 декабря", "Встреча", "2026-12-01"),
        ("Встреча 5 мая 2027 года", "Встреча", "2027-05-05"),
        ("Встреча 01.12.2026", "Встреча", "2026-12-01"),
    ],
)
def test_day_is_understood_in_russian(text, title, due):
    assert read(text) == (title, due)


@pytest.mark.parametrize(
    "text",
    [
        "Call Anna",
        "Tomorrowland tickets",
        "Buy tickets to Tomorrowland",
        "Tomorrow we call Anna",
        "Friday report",
        "Read the Sun",
        "Order cream for the sun",
        "Upgrade to 2.1",
        "Renew version 1.12",
        "Prepare report for 2026",
        "Send 3 days",
        "Demo 2026-13-01",
        "Demo 31 February",
        "Demo 31.02.2027",
        "Demo in 9999 days",
        "Поездка в Завтрашний",
        "Позвонить: среднее",
    ],
)
def test_words_that_are_no_day_at_the_end_stay_in_the_title(text):
    assert read(text) == (text, None)


@pytest.mark.parametrize("text", ["tomorrow", "Friday", "in 3 days", "завтра", "2026-12-01"])
def test_title_is_never_empty(text):
    title, _ = read(text)

    assert title != ""


def test_line_that_is_one_word_is_a_title():
    assert read("Friday") == ("Friday", None)


def test_only_the_last_day_counts():
    assert read("Friday report fri") == ("Friday report", "2026-11-27")
    assert read("Move Monday meeting to tue") == ("Move Monday meeting to", "2026-11-24")


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_is_an_empty_title(text):
    assert read(text) == ("", None)


def test_a_past_day_is_understood_and_left_to_the_model():
    assert read("Demo 2020-01-01") == ("Demo", "2020-01-01")


@pytest.mark.parametrize(
    ("text", "due"), [("Demo sun", "2026-12-06"), ("Demo mon", "2026-11-30"), ("Demo next week", "2026-11-30")]
)
def test_week_ends_on_sunday(text, due):
    assert read(text, SUNDAY) == ("Demo", due)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day, count, later):
    assert months_later(day, count) == later


def test_end_of_the_calendar_is_no_day():
    assert read("Demo next week", date(9999, 12, 30)) == ("Demo next week", None)
