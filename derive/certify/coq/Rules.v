(* Rules.v - one lemma per rule of the derivation engine (step replay).
   D_* : equations between written expressions, as the log shows them.
   I_* : the same rules in is_derive form (bottom-up proof tree).      *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Require Import Certified.Support Certified.Tactics.
Open Scope R_scope.

Section Rules.
Variables (u v : R -> R) (x : R).
Hypothesis (Hu : ex_derive u x).
Hypothesis (Hv : ex_derive v x).

Lemma D_const c : Derive (fun _ => c) x = 0.
Proof. apply Derive_const. Qed.
Lemma D_id : Derive (fun y => y) x = 1.
Proof. apply Derive_id. Qed.
Lemma D_sum : Derive (fun y => u y + v y) x = Derive u x + Derive v x.
Proof. now apply Derive_plus. Qed.
Lemma D_diff : Derive (fun y => u y - v y) x = Derive u x - Derive v x.
Proof. now apply Derive_minus. Qed.
Lemma D_neg : Derive (fun y => - u y) x = - Derive u x.
Proof. apply Derive_opp. Qed.
Lemma D_constmul c : Derive (fun y => c * u y) x = c * Derive u x.
Proof. apply Derive_scal. Qed.
Lemma D_constdiv c : Derive (fun y => u y / c) x = Derive u x / c.
Proof. unfold Rdiv. rewrite (Derive_ext _ (fun y => / c * u y)) by (intros; ring). rewrite Derive_scal. ring. Qed.
Lemma D_product : Derive (fun y => u y * v y) x = Derive u x * v x + u x * Derive v x.
Proof. now apply Derive_mult. Qed.
Lemma D_quotient : v x <> 0 ->
  Derive (fun y => u y / v y) x = (Derive u x * v x - u x * Derive v x) / v x ^ 2.
Proof. intro H. now rewrite Derive_div. Qed.
Lemma D_power n : Derive (fun y => u y ^ n) x = INR n * u x ^ pred n * Derive u x.
Proof. rewrite Derive_pow by assumption. ring. Qed.
Lemma D_power_S n : Derive (fun y => u y ^ S n) x = INR (S n) * u x ^ n * Derive u x.
Proof. exact (D_power (S n)). Qed.
Lemma D_invpower n : u x <> 0 ->
  Derive (fun y => / u y ^ n) x = - (INR n / u x ^ S n * Derive u x).
Proof.
  intro H. assert (Hn : u x ^ n <> 0) by now apply pow_nonzero.
  rewrite (Derive_inv (fun y => u y ^ n)); [|now apply ex_derive_pow|exact Hn].
  rewrite D_power. destruct n as [|n].
  - change (INR 0) with 0. field; auto.
  - assert (u x ^ n <> 0) by now apply pow_nonzero.
    change (pred (S n)) with n.
    change (u x ^ S (S n)) with (u x * (u x * u x ^ n)). change (u x ^ S n) with (u x * u x ^ n).
    field. auto.
Qed.
(* the chain rule: F' is the derivative of the outer function at u(x) *)
Lemma D_chain F F' : is_derive F (u x) F' -> Derive (fun y => F (u y)) x = F' * Derive u x.
Proof.
  intro H. apply is_derive_unique. replace (F' * Derive u x) with (scal (Derive u x) F').
  apply (is_derive_comp F u); [exact H|]. now apply Derive_correct.
  unfold scal; simpl; unfold mult; simpl; ring.
Qed.
Lemma D_rpower a : 0 < u x ->
  Derive (fun y => Rpower (u y) a) x = a * Rpower (u x) (a - 1) * Derive u x.
Proof. intro H. apply (D_chain (fun z => Rpower z a)). now apply is_derive_rpow. Qed.
Lemma D_expbase a : Derive (fun y => Rpower a (u y)) x = Rpower a (u x) * ln a * Derive u x.
Proof. apply (D_chain (fun z => Rpower a z)). evar_last. apply is_derive_bpow. ring. Qed.
Lemma D_genpower : 0 < u x ->
  Derive (fun y => Rpower (u y) (v y)) x
  = Rpower (u x) (v x) * (Derive v x * ln (u x) + v x * (Derive u x / u x)).
Proof.
  intro H. apply is_derive_unique. unfold Rpower.
  assert (K : is_derive (fun y => v y * ln (u y)) x (Derive v x * ln (u x) + v x * (Derive u x / u x))).
  { apply (Derive.is_derive_mult v (fun y => ln (u y))); [now apply Derive_correct|].
    replace (Derive u x / u x) with (scal (Derive u x) (/ u x)) by (unfold scal; simpl; unfold mult; simpl; field; lra).
    apply (is_derive_comp ln u); [now apply is_derive_ln|now apply Derive_correct]. }
  replace (exp (v x * ln (u x)) * (Derive v x * ln (u x) + v x * (Derive u x / u x)))
    with (scal (Derive v x * ln (u x) + v x * (Derive u x / u x)) (exp (v x * ln (u x))))
    by (unfold scal; simpl; unfold mult; simpl; ring).
  apply (is_derive_comp exp (fun y => v y * ln (u y))); [apply is_derive_exp|exact K].
Qed.
End Rules.

Lemma I_sum u v x a b : is_derive u x a -> is_derive v x b -> is_derive (fun y => u y + v y) x (a + b).
Proof. apply (is_derive_plus u v). Qed.
Lemma I_diff u v x a b : is_derive u x a -> is_derive v x b -> is_derive (fun y => u y - v y) x (a - b).
Proof. apply (is_derive_minus u v). Qed.
Lemma I_neg u x a : is_derive u x a -> is_derive (fun y => - u y) x (- a).
Proof. apply (is_derive_opp u). Qed.
Lemma I_const c x : is_derive (fun _ : R => c) x 0.
Proof. apply (is_derive_const c). Qed.
Lemma I_id x : is_derive (fun y : R => y) x 1.
Proof. apply (is_derive_id x). Qed.
Lemma I_constmul c u x a : is_derive u x a -> is_derive (fun y => c * u y) x (c * a).
Proof. intro H. now apply (is_derive_scal u x c a). Qed.
Lemma I_constdiv c u x a : is_derive u x a -> is_derive (fun y => u y / c) x (a / c).
Proof.
  intro H. replace (a / c) with (/ c * a) by (unfold Rdiv; ring).
  apply (is_derive_ext (fun y => / c * u y)).
  - intro t. change (/ c * u t = u t / c). unfold Rdiv; ring.
  - now apply (is_derive_scal u x (/ c) a).
Qed.
Lemma I_product u v x a b : is_derive u x a -> is_derive v x b ->
  is_derive (fun y => u y * v y) x (a * v x + u x * b).
Proof. intros. now apply (Derive.is_derive_mult u v x a b). Qed.
Lemma I_quotient u v x a b : v x <> 0 -> is_derive u x a -> is_derive v x b ->
  is_derive (fun y => u y / v y) x ((a * v x - u x * b) / v x ^ 2).
Proof. intros. now apply (is_derive_div u v x a b). Qed.
Lemma I_power n u x a : is_derive u x a -> is_derive (fun y => u y ^ n) x (INR n * u x ^ pred n * a).
Proof. intro H. replace (INR n * u x ^ pred n * a) with (INR n * a * u x ^ pred n) by ring. now apply is_derive_pow. Qed.
Lemma I_chain F F' u x a : is_derive F (u x) F' -> is_derive u x a -> is_derive (fun y => F (u y)) x (F' * a).
Proof.
  intros H K. replace (F' * a) with (scal a F') by (unfold scal; simpl; unfold mult; simpl; ring).
  now apply (is_derive_comp F u).
Qed.
Lemma I_rpower a u x b : 0 < u x -> is_derive u x b ->
  is_derive (fun y => Rpower (u y) a) x (a * Rpower (u x) (a - 1) * b).
Proof. intros H K. apply (I_chain (fun z => Rpower z a)); [now apply is_derive_rpow|exact K]. Qed.

(* ---- limit definition ---- *)
Lemma derive_limit_def f x l :
  is_derive f x l <-> is_lim (fun h => (f (x + h) - f x) / h) 0 l.
Proof.
  rewrite is_derive_Reals. unfold derivable_pt_lim. rewrite <- is_lim_spec.
  unfold is_lim', Rbar_locally', locally', within, locally. split.
  - intros H eps. destruct (H eps (cond_pos eps)) as [d Hd]. exists d.
    intros y Hy Hne. apply Hd. exact Hne.
    unfold ball in Hy; simpl in Hy; unfold AbsRing_ball, abs, minus, plus, opp in Hy; simpl in Hy.
    replace y with (y + - 0) by ring. exact Hy.
  - intros H eps Heps. destruct (H (mkposreal eps Heps)) as [d Hd]. exists d.
    intros h Hne Hlt. apply (Hd h); [|exact Hne].
    unfold ball; simpl; unfold AbsRing_ball, abs, minus, plus, opp; simpl.
    replace (h + - 0) with h by ring. exact Hlt.
Qed.

(* ---- higher order ---- *)
Lemma derive_n_2 f f1 l x : (forall y, is_derive f y (f1 y)) -> is_derive f1 x l -> is_derive_n f 2 x l.
Proof.
  intros H K. simpl. apply (is_derive_ext f1); [|exact K].
  intro t. symmetry. apply is_derive_unique, H.
Qed.
Lemma derive_n_2_loc f f1 l x : locally x (fun y => is_derive f y (f1 y)) -> is_derive f1 x l -> is_derive_n f 2 x l.
Proof.
  intros H K. simpl. apply (is_derive_ext_loc f1); [|exact K].
  apply filter_imp with (2 := H). intros t Ht. symmetry. now apply is_derive_unique.
Qed.

(* ---- several variables: gradient as one statement; total differential ---- *)
Definition is_grad2 (f : R -> R -> R) x y a b :=
  is_derive (fun x => f x y) x a /\ is_derive (fun y => f x y) y b.
Definition is_jac22 (f g : R -> R -> R) x y a b c d := is_grad2 f x y a b /\ is_grad2 g x y c d.


Ltac raw := cbv beta; rewrite ?INR_IZR_INZ; simpl Z.of_nat; simpl pred.

Lemma is_derive_sqrt0 x : 0 < x -> is_derive sqrt x (/ (2 * sqrt x)).
Proof. intro H. auto_derive; [exact H|]. ring. Qed.
Lemma is_derive_ln0 x : 0 < x -> is_derive ln x (/ x).
Proof. apply is_derive_ln. Qed.
Lemma is_derive_atan0 x : is_derive atan x (/ (1 + x ^ 2)).
Proof. auto_derive; auto. unfold Rsqr. field. nra. Qed.
Ltac exd := cbv beta; unfold_fns; unfold Rpower; auto_derive; dom.
Ltac closestep := cbv beta; first [ reflexivity | raw; first [ reflexivity | ring | unfold Rdiv; ring | field; split_all; nz | eqn ] ].
Ltac localeq := first [ reflexivity | ring | unfold Rdiv; ring | field; split_all; nz | eqn ].

(* a step that applies a rule of differentiation: both sides have the same value, since both have a derivative *)
Ltac derive_one :=
  first
  [ apply Derive_const | apply Derive_id
  | apply Derive_opp | apply Derive_scal
  | apply D_sum; exd | apply D_diff; exd | apply D_product; exd
  | apply D_quotient; [exd | exd | nz] ].
Ltac derive_all := apply is_derive_unique; exd_eq
with exd_eq := unfold_fns; unfold Rpower; auto_derive; [dom | eqn].
(* whatever Derive stands on the right is worked out as well *)
Ltac derive_right := repeat
  match goal with
  | |- context [Derive ?f ?x] =>
      let l := fresh "l" in let E := fresh "E" in
      evar (l : R);
      assert (E : Derive f x = l);
      [ apply is_derive_unique; unfold_fns; unfold Rpower; unfold l; auto_derive; [dom | reflexivity]
      | rewrite E; clear E; unfold l; clear l ]
  end.
Ltac derive_step := cbv beta; first [ derive_one | derive_right; first [reflexivity | localeq] ].
Ltac witness := first [ lra | interval | (split; [lra | lra]) | (split; interval) | nz | pos ].
