"""Practice: exercises made backwards from rules, their distractors, and worksheets."""

from derive.tutor.practice.exercises import Distractor, Exercise, practice
from derive.tutor.practice.topics import TOPICS, label

__all__ = ["TOPICS", "Distractor", "Exercise", "label", "practice"]
