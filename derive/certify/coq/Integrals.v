(* Integrals whose limits move: the fundamental theorem, where the integrand is smooth everywhere. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions.
Open Scope R_scope.

Lemma by_integral (f a b : R -> R) (x a' b' : R) : (forall t, ex_derive f t) ->
  is_derive a x a' -> is_derive b x b' ->
  is_derive (fun y => RInt f (a y) (b y)) x (b' * f (b x) - a' * f (a x)).
Proof.
  intros S A B. assert (C : forall t, continuous f t) by (intro t; apply (ex_derive_continuous f), S).
  apply (is_derive_RInt_bound_comp f (fun u v => RInt f u v) a b a' b' x).
  - apply filter_forall. intros [u v]. apply (RInt_correct f), (ex_RInt_continuous f). intros; apply C.
  - apply C.
  - apply C.
  - exact A.
  - exact B.
Qed.
Arguments by_integral f a b x a' b' & _ _ _.
Lemma integral_exists (f : R -> R) (a b : R) : (forall t, ex_derive f t) -> ex_RInt f a b.
Proof. intro S. apply (ex_RInt_continuous f). intros t _. apply (ex_derive_continuous f), S. Qed.
