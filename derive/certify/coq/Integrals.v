(* Integrals: the fundamental theorem for limits that move, and constants, where the integrand is smooth everywhere. *)
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
Lemma integral_multiple (F f : R -> R) (a b c : R) : (forall t, @eq R (F t) (c * f t)) -> (forall t, ex_derive f t) ->
  @eq R (RInt F a b) (c * RInt f a b).
Proof.
  intros E S. rewrite (RInt_ext F (fun t => c * f t)) by (intros; apply E).
  apply (is_RInt_unique (fun t => c * f t)), (is_RInt_scal f a b c), (RInt_correct f), integral_exists, S.
Qed.
Lemma integral_negation (F f : R -> R) (a b : R) : (forall t, @eq R (F t) (- f t)) -> (forall t, ex_derive f t) ->
  @eq R (RInt F a b) (- RInt f a b).
Proof.
  intros E S. replace (- RInt f a b) with (-1 * RInt f a b) by ring. apply integral_multiple; [|exact S].
  intro t. rewrite E. change (@eq R (- f t) (-1 * f t)). ring.
Qed.
Lemma integral_constant (c a b : R) : @eq R (RInt (fun _ => c) a b) (c * (b - a)).
Proof. rewrite RInt_const. unfold scal; simpl; unfold mult; simpl. ring. Qed.
Lemma integral_empty (f : R -> R) (a : R) : @eq R (RInt f a a) 0.
Proof. apply (RInt_point a f). Qed.
Ltac smooth := intros; auto_derive; repeat split; first [exact I | nz | pos].
Ltac integrals := lazymatch goal with |- @eq _ ?a ?b => change (@eq R a b) end; rewrite ?integral_constant, ?integral_empty; first [ring |
  match goal with
  | |- RInt ?F ?a ?b = - RInt ?f ?a ?b => apply integral_negation; [intros; unfold Rdiv; ring | smooth]
  | |- RInt ?F ?a ?b = ?c * RInt ?f ?a ?b => apply integral_multiple; [intros; unfold Rdiv; ring | smooth]
  | |- RInt ?F ?a ?b = RInt ?f ?a ?b / ?c => unfold Rdiv; rewrite (Rmult_comm _ (/ c));
      apply integral_multiple; [intros; unfold Rdiv; ring | smooth]
  end ].
