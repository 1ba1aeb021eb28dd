// Keeps the question in the URL: replaced while one types, read anew when one goes back or follows a link.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useSearchParams } from "wouter-preact";
import { type Question, questionOf, searchOf } from "./question";

/** Browsers refuse to have the address replaced at every key. */
const PAUSE = 250;

export interface QuestionState {
  question: Question;
  change: (part: Partial<Question>) => void;
  /** Writes the URL now: before it is left. */
  flush: () => void;
}

export function useQuestion(): QuestionState {
  const [search, setSearch] = useSearchParams();
  const [question, setQuestion] = useState(() => questionOf(search));
  const present = useRef(question);
  const inUrl = useRef(searchOf(question).toString());

  const text = searchOf(questionOf(search)).toString();
  useEffect(() => {
    if (text === inUrl.current) return;
    inUrl.current = text;
    present.current = questionOf(search);
    setQuestion(present.current);
  }, [text]);

  const write = useRef(() => {});
  write.current = () => {
    const next = searchOf(present.current).toString();
    if (next === inUrl.current) return;
    inUrl.current = next;
    setSearch(next, { replace: true });
  };
  useEffect(() => {
    const timer = setTimeout(() => write.current(), PAUSE);
    return () => clearTimeout(timer);
  }, [question]);

  const change = useCallback((part: Partial<Question>) => {
    present.current = { ...present.current, ...part };
    setQuestion(present.current);
  }, []);
  const flush = useCallback(() => write.current(), []);
  return { question, change, flush };
}
