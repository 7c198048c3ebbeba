(* Limits at 0 as they stand in the definition of the derivative: real (Lim (fun h => ...) 0). *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Rules Certified.Algebra.
Open Scope R_scope.

(* what holds near x holds at x + h for small h; the limit does not look at h = 0 *)
Lemma lim_near (f g : R -> R) (G : R -> Prop) (x : R) :
  locally x G -> (forall h, h <> 0 -> G (x + h) -> f h = g h) -> real (Lim f 0) = real (Lim g 0).
Proof.
  intros [e L] E. f_equal. symmetry. apply Lim_ext_loc. exists e. intros h B N. apply E; [exact N|]. apply L.
  unfold ball in *; simpl in *; unfold AbsRing_ball, abs, minus, plus, opp in *; simpl in *.
  replace (x + h + - x) with (h + - 0) by ring. exact B.
Qed.
Lemma lim_is (f : R -> R) (l : R) : is_lim f 0 l -> @eq R (real (Lim f 0)) l.
Proof. intro H. now rewrite (is_lim_unique f 0 l H). Qed.
Lemma lim_constant (c : R) : is_lim (fun _ => c) 0 c.
Proof. apply is_lim_const. Qed.
Lemma lim_smooth (f : R -> R) (a : R) : is_derive f 0 a -> is_lim f 0 (f 0).
Proof.
  intro H. apply is_lim_continuity, derivable_continuous_pt. exists a. now apply is_derive_Reals.
Qed.
Lemma lim_sum (f g : R -> R) (a b : R) : is_lim f 0 a -> is_lim g 0 b -> is_lim (fun h => f h + g h) 0 (a + b).
Proof. apply (is_lim_plus' f g). Qed.
Lemma lim_minus (f g : R -> R) (a b : R) : is_lim f 0 a -> is_lim g 0 b -> is_lim (fun h => f h - g h) 0 (a - b).
Proof. apply (is_lim_minus' f g). Qed.
Lemma lim_negation (f : R -> R) (a : R) : is_lim f 0 a -> is_lim (fun h => - f h) 0 (- a).
Proof. apply (is_lim_opp f). Qed.
Lemma lim_product (f g : R -> R) (a b : R) : is_lim f 0 a -> is_lim g 0 b -> is_lim (fun h => f h * g h) 0 (a * b).
Proof. intros H K. now apply (is_lim_mult f g 0 a b). Qed.
Lemma lim_quotient (f g : R -> R) (a b : R) :
  b <> 0 -> is_lim f 0 a -> is_lim g 0 b -> is_lim (fun h => f h / g h) 0 (a / b).
Proof. intros N H K. apply (is_lim_div f g 0 a b H K); [intro E; apply N; now injection E | exact I]. Qed.
(* a quotient of differences: sin h / h, (e^h - 1) / h, (F (x + h) - F x) / h *)
Lemma lim_difference (f : R -> R) (d : R) : @eq R (f 0) 0 -> is_derive f 0 d -> is_lim (fun h => f h / h) 0 d.
Proof.
  intros E H. apply is_lim_spec. intros e. apply is_derive_Reals in H.
  destruct (H e (cond_pos e)) as [r K]. exists r. intros h B N.
  assert (M : Rabs h < r).
  { replace h with (minus h 0); [exact B|]. unfold minus, plus, opp; simpl. ring. }
  specialize (K h N M).
  rewrite E, Rplus_0_l, Rminus_0_r in K. exact K.
Qed.
(* u / (h * v) = u / h / v, whatever they are *)
Lemma lim_alike (g f : R -> R) (l : R) : (forall h, g h = f h) -> is_lim g 0 l -> is_lim f 0 l.
Proof. intro E. now apply (is_lim_ext g f 0 l). Qed.
Ltac apart := intros; unfold Rdiv; rewrite ?Rinv_mult; ring.
Arguments lim_alike g f l & _ _.
Arguments lim_is f l & _.
Arguments lim_smooth f a & _.
Arguments lim_sum f g a b & _ _.
Arguments lim_minus f g a b & _ _.
Arguments lim_negation f a & _.
Arguments lim_product f g a b & _ _.
Arguments lim_quotient f g a b & _ _ _.
Arguments lim_difference f d & _ _.
