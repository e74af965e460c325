"""What evaluators keep in a data folder: their runs, their own questions, the experts' verdicts."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.mask import mask
from evaluation.errors import BadQuestionSet, EvaluationError
from evaluation.journal import journal_of
from evaluation.questions import Question, read_questions

_ROOT = Path(__file__).parents[1]
_PUBLIC = Path(__file__).parent / "sets" / "conseillers.jsonl"
LOCAL = "local"
SETS = {
    "conseillers-dev": "Questions publiques, moitié de mise au point",
    "conseillers-test": "Questions publiques, moitié de contrôle",
    LOCAL: "Questions de votre structure",
}
VERDICT_DAYS = 183


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run on disk: its file, which set it asked, and when it was started (UTC)."""

    file: Path
    set: str
    started: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that goes on or was cut short; ``total`` is 0 until the first answer is there."""

    run: KeptRun
    done: int
    total: int
    running: bool
    failure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertVerdict:
    """What an expert said of an answer, until when it is worth something.

    ``exchange`` is the identifier of the kept exchange; ``right`` whether the answer may be
    repeated to a young person.
    """

    exchange: int
    question: str
    right: bool
    note: str
    given: date
    expires: date

    def is_valid(self, today: date) -> bool:
        """Whether the verdict still counts."""
        return today <= self.expires


_VERDICT = TypeAdapter(ExpertVerdict)


class Workplace:
    """The ``evaluation`` folder of a data folder; one object a server, shared by its pages."""

    def __init__(self, home: Path) -> None:
        """Keep everything in ``home/evaluation``."""
        self._home = home
        self._runs = home / "evaluation" / "runs"
        self._verdicts = home / "evaluation" / "verdicts.jsonl"
        self.local = home / "evaluation" / "local.jsonl"
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    def runs(self) -> list[KeptRun]:
        """Return the finished runs, latest first."""
        return sorted(map(_kept, self._runs.glob("*--*.json")), key=_when, reverse=True)

    def unfinished(self) -> list[Unfinished]:
        """Return the runs that go on or were cut short, latest first."""
        files = {path.with_suffix(".json") for path in self._runs.glob("*--*.log")}
        left = [_kept(file) for file in files if not file.exists()]
        return [self._look_at(run) for run in sorted(left, key=_when, reverse=True)]

    def start(self, name: str) -> None:
        """Start asking the questions of a set, in a process of its own.

        Args:
            name: a key of ``SETS``.

        Raises:
            BadQuestionSet: the local set has no question yet.
        """
        if name == LOCAL:
            read_questions(self.local)
        started = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        self.resume(_kept(self._runs / f"{started}--{name}.json"))

    def resume(self, run: KeptRun) -> None:
        """Take up a run where it was cut short."""
        self._runs.mkdir(parents=True, exist_ok=True)
        asked = [self.local] if run.set == LOCAL else [_PUBLIC, "--split", run.set.split("-")[-1]]
        command = [sys.executable, "-m", "evaluation", "answers", *asked]
        with run.file.with_suffix(".log").open("wb") as log:
            self._started[run.file.name] = subprocess.Popen(
                [*command, "--json", run.file.absolute(), "--index", self._home.absolute()],
                cwd=_ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def stop(self, run: KeptRun) -> None:
        """Stop a run; what it answered is kept, and it can be taken up again."""
        process = self._started.get(run.file.name)
        if process is not None:
            process.terminate()
            process.wait()

    def close(self) -> None:
        """Wait for the runs that were started here."""
        for process in self._started.values():
            process.wait()

    def discard(self, run: KeptRun) -> None:
        """Remove a run and all that goes with it."""
        self.stop(run)
        for file in (run.file, run.file.with_suffix(".log"), journal_of(run.file)):
            file.unlink(missing_ok=True)

    def _look_at(self, run: KeptRun) -> Unfinished:
        process = self._started.get(run.file.name)
        running = process is not None and process.poll() is None
        lines = _lines(journal_of(run.file))
        total = int(json.loads(lines[0]).get("questions", 0)) if lines else 0
        said = [] if running else _lines(run.file.with_suffix(".log"))
        failure = said[-1].split("\r")[-1] if said else ""
        return Unfinished(
            run=run,
            done=max(len(lines) - 1, 0),
            total=total,
            running=running,
            failure=failure if failure and not failure.startswith("Questions") else None,
        )

    def questions(self) -> list[Question]:
        """Return the local questions, none when there are none yet."""
        return read_questions(self.local) if _lines(self.local) else []

    def add(self, questions: Iterable[Question]) -> int:
        """Add questions to the local set, personal data masked, and return how many it then has.

        Raises:
            BadQuestionSet: an identifier is taken.
        """
        kept = {question.id: question for question in self.questions()}
        for question in questions:
            if question.id in kept:
                raise BadQuestionSet(
                    f"L'identifiant « {question.id} » est déjà dans le jeu local : changez-le."
                )
            kept[question.id] = _without_personal_data(question)
        self._write(kept.values())
        return len(kept)

    def remove(self, question_id: str) -> None:
        """Take a question out of the local set."""
        self._write(question for question in self.questions() if question.id != question_id)

    def _write(self, questions: Iterable[Question]) -> None:
        self.local.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.local.with_suffix(".new")
        fresh.write_text("".join(f"{q.model_dump_json()}\n" for q in questions), encoding="utf-8")
        fresh.replace(self.local)

    def judge(
        self, exchange: int, *, question: str, right: bool, note: str, today: date
    ) -> ExpertVerdict:
        """Keep an expert's verdict on an answer, in the place of an earlier one."""
        verdict = ExpertVerdict(
            exchange=exchange,
            question=question,
            right=right,
            note=mask(note).text.strip(),
            given=today,
            expires=today + timedelta(days=VERDICT_DAYS),
        )
        self._verdicts.parent.mkdir(parents=True, exist_ok=True)
        with self._verdicts.open("ab") as out:
            out.write(_VERDICT.dump_json(verdict) + b"\n")
        return verdict

    def verdicts(self) -> dict[int, ExpertVerdict]:
        """Return the last verdict on each exchange, expired or not.

        Raises:
            EvaluationError: the file of verdicts was changed by hand and cannot be read.
        """
        try:
            given = [_VERDICT.validate_json(line) for line in _lines(self._verdicts)]
        except ValidationError as error:
            raise EvaluationError(
                f"{self._verdicts} ne peut pas être lu : corrigez ou retirez la ligne abîmée."
            ) from error
        return {verdict.exchange: verdict for verdict in given}


def _without_personal_data(question: Question) -> Question:
    """Return a question masked; those that test masking keep their invented data."""
    if question.category == "personal_data":
        return question
    return question.model_copy(update={"question": mask(question.question).text})


def _kept(file: Path) -> KeptRun:
    stamp, _, name = file.stem.partition("--")
    return KeptRun(file, name, datetime.strptime(stamp, "%Y%m%dT%H%M%S").replace(tzinfo=UTC))


def _when(run: KeptRun) -> datetime:
    return run.started


def _lines(file: Path) -> list[str]:
    if not file.exists():
        return []
    return [line for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
