(* CertTac.v - tactics that close the goals of generated certificates *)
From Coq Require Import Reals Psatz Lra ZArith.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support.
Open Scope R_scope.

(* keep powers and numerals in the written form while auto_derive simplifies *)
Global Arguments pow : simpl never.
Global Arguments INR : simpl never.
Global Arguments powerRZ : simpl never.
Global Arguments IZR : simpl never.

Ltac same a b := constr_eq a b.

Lemma pos_neq0 a : 0 < a -> a <> 0.
Proof. intro. lra. Qed.
(* 2. positivity and non-zero goals *)
Lemma ln_of_large a : 1 < a -> 0 < ln a.
Proof. intro H. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma sinh_of_positive a : 0 < a -> 0 < sinh a.
Proof. intro H. rewrite <- sinh_0. now apply sinh_lt. Qed.
Lemma tanh_of_positive a : 0 < a -> 0 < tanh a.
Proof. intro H. apply Rdiv_lt_0_compat; [now apply sinh_of_positive | apply cosh_pos]. Qed.
Lemma atan_of_positive a : 0 < a -> 0 < atan a.
Proof. intro H. rewrite <- atan_0. now apply atan_increasing. Qed.
Ltac split_all := repeat match goal with |- _ /\ _ => split end.
Ltac by_hyp :=
  match goal with
  | |- True => exact I
  | H : ?P |- ?P => exact H
  | H : 0 < ?b |- 0 < ?a => replace a with b by (first [ring | field; split_all; nz]); exact H
  | H : ?b <> 0 |- ?a <> 0 => replace a with b by (first [ring | field; split_all; nz]); exact H
  | H : ?b <> 0 |- ?a <> 0 => replace a with (- b) by ring; apply Ropp_neq_0_compat; exact H
  | H : ?l < ?b < ?u |- ?l < ?a < ?u => replace a with b by (first [ring | field; split_all; nz]); exact H
  | H : 0 < ?b |- ?a <> 0 => replace a with b by (first [ring | field; split_all; nz]); apply pos_neq0; exact H
  | H : 0 < ?b |- ?a <> 0 => replace a with (- b) by ring; apply Rlt_not_eq, Ropp_lt_gt_0_contravar; exact H
  end
with pos :=
  first
  [ assumption | lra  (* before by_hyp: where a condition does not fit, that has to try every other one *)
  | by_hyp
  | match goal with
    | |- 0 < PI => apply PI_RGT_0
    | |- 0 < exp _ => apply exp_pos
    | |- 0 < Rpower _ _ => apply exp_pos
    | |- 0 < cosh _ => apply cosh_pos
    | |- 0 < sqrt _ => apply sqrt_lt_R0; pos
    | |- 0 < / _ => apply Rinv_0_lt_compat; pos
    | |- 0 < _ ^ _ => apply pow_lt; pos
    | |- 0 < Rabs _ => apply Rabs_pos_lt; nz
    | |- 0 < ln _ => apply ln_of_large; lra
    | |- 0 < sinh _ => apply sinh_of_positive; pos
    | |- 0 < tanh _ => apply tanh_of_positive; pos
    | |- 0 < atan _ => apply atan_of_positive; pos
    | |- 0 < sech _ => apply Rinv_0_lt_compat, cosh_pos
    | |- 0 < _ * _ => apply Rmult_lt_0_compat; pos
    | |- 0 < _ / _ => apply Rdiv_lt_0_compat; pos
    | |- 0 < _ + _ => apply Rplus_lt_0_compat; pos
    end
  | match goal with
    | |- 0 < ?a + ?b ^ 2 => apply Rplus_lt_le_0_compat; [lra | apply pow2_ge_0]
    | |- 0 < ?b ^ 2 + ?a => apply Rplus_le_lt_0_compat; [apply pow2_ge_0 | lra]
    end
  | nra
  | match goal with
    | |- 0 < ?a + ?b => apply Rplus_le_lt_0_compat; [nneg | pos]
    | |- 0 < ?a + ?b => apply Rplus_lt_le_0_compat; [pos | nneg]
    end ]
with nneg :=
  first [ apply pow2_ge_0 | apply Rle_0_sqr | apply sqrt_pos | apply Rabs_pos
        | apply Rlt_le; pos | lra | nra
        | apply Rmult_le_pos; nneg | apply Rplus_le_le_0_compat; nneg
        | apply pow_le; nneg | match goal with |- 0 <= ?a ^ 4 => replace (a ^ 4) with ((a ^ 2) ^ 2) by ring; apply pow2_ge_0 end ]
with nz :=
  first
  [ assumption | (let E := fresh in intro E; lra)
  | by_hyp
  | match goal with
    | |- PI <> 0 => apply PI_neq0
    | |- exp _ <> 0 => apply pos_neq0, exp_pos
    | |- Rpower _ _ <> 0 => apply pos_neq0, exp_pos
    | |- cosh _ <> 0 => apply cosh_neq0
    | |- sqrt _ <> 0 => apply pos_neq0, sqrt_lt_R0; pos
    | |- Rabs _ <> 0 => apply Rabs_no_R0; nz
    | |- ln _ <> 0 => apply ln_neq_0; [lra | lra]
    | |- (_ ^ _) <> 0 => apply pow_nonzero; nz
    | |- (_ * _) <> 0 => apply Rmult_integral_contrapositive_currified; nz
    | |- / _ <> 0 => apply Rinv_neq_0_compat; nz
    | |- (_ / _) <> 0 => apply Rmult_integral_contrapositive_currified; [nz | apply Rinv_neq_0_compat; nz]
    | |- (- _) <> 0 => apply Ropp_neq_0_compat; nz
    | H : - 1 < ?u < 1 |- _ => nra
    | H : ?b <> 0 |- ?a <> 0 => let E := fresh in intro E; apply H; nra
    end
  | apply pos_neq0; pos
  | let E := fresh in intro E; nra ].

(* 1. make arguments of one function equal when ring says they are *)
Ltac unify_one f :=
  match goal with
  | |- context [f ?u] =>
    match goal with
    | |- context [f ?v] =>
      tryif constr_eq u v then fail else
        (replace (f u) with (f v) by (apply f_equal; first [ring | field; split_all; nz]))
    end
  end.
Ltac unify_hyp f :=
  match goal with
  | H : context [f ?u] |- context [f ?v] =>
      tryif constr_eq u v then fail else
        (replace (f u) with (f v) in H by (apply f_equal; first [ring | field; split_all; nz]))
  end.
Ltac unify_all t :=
  repeat t sin; repeat t cos; repeat t exp; repeat t ln; repeat t sqrt;
  repeat t atan; repeat t asin; repeat t acos; repeat t sinh; repeat t cosh;
  repeat t Rabs; repeat t sign; repeat t arcsinh; repeat t arccosh; repeat t arctanh.

Ltac dom := cbv beta in *; unfold Rminus, Rdiv in *; split_all;
  first [ exact I | (left; lia) | (right; nz) | pos | nz | (split; lra) | (split; nra) | auto ].

(* 3. equations *)
Ltac unfold_fns :=
  unfold tan, tanh, sec, csc, cot, logb, rpow, zpow, bpow, sech, Rsqr in *.
Ltac numer := rewrite ?INR_IZR_INZ; simpl Z.of_nat.
Ltac fld := field; split_all; nz.

(* relations: sin^2 = 1 - cos^2, sqrt u ^ 2 = u, cosh^2 = 1 + sinh^2 *)
Lemma rel_sin u : sin u ^ 2 = 1 - cos u ^ 2.
Proof. generalize (sin2_cos2 u); unfold Rsqr; simpl; lra. Qed.
Lemma rel_cosh u : cosh u ^ 2 = 1 + sinh u ^ 2.
Proof.
  unfold cosh, sinh. rewrite exp_Ropp. generalize (exp_pos u); intro P. field. lra.
Qed.
Lemma rel_sqrt u : 0 < u -> sqrt u ^ 2 = u.
Proof. intro H. rewrite pow2_sqrt; lra. Qed.
Lemma rel_abs u : Rabs u ^ 2 = u ^ 2.
Proof. apply pow2_abs. Qed.
Lemma rel_sign u : u <> 0 -> sign u = u / Rabs u.
Proof.
  intro H. destruct (Rlt_or_le 0 u).
  - rewrite sign_eq_1, Rabs_pos_eq by lra. field; lra.
  - rewrite sign_eq_m1, Rabs_left by lra. field; lra.
Qed.
Lemma exp_mult_nat n u : exp (INR n * u) = exp u ^ n.
Proof.
  induction n as [|n IH].
  - change (INR 0) with 0. rewrite Rmult_0_l, exp_0; reflexivity.
  - rewrite S_INR, Rmult_plus_distr_r, exp_plus, IH, Rmult_1_l.
    change (exp u ^ S n) with (exp u * exp u ^ n). ring.
Qed.
Lemma Rpower_minus1 x a : 0 < x -> Rpower x (a - 1) = Rpower x a / x.
Proof. intro H. unfold Rminus. rewrite Rpower_plus, Rpower_Ropp, Rpower_1 by exact H. reflexivity. Qed.
Lemma rpow_up u a b n : 0 < u -> a = b + INR n -> Rpower u a = Rpower u b * u ^ n.
Proof. intros H ->. rewrite Rpower_plus, Rpower_pow by exact H. reflexivity. Qed.
Lemma rpow_down u a b n : 0 < u -> a = b - INR n -> Rpower u a = Rpower u b / u ^ n.
Proof.
  intros H ->. unfold Rminus. rewrite Rpower_plus, Rpower_Ropp, Rpower_pow by exact H. reflexivity.
Qed.
Lemma rpow_negup u a b n : 0 < u -> a = INR n - b -> Rpower u a = u ^ n / Rpower u b.
Proof.
  intros H ->. unfold Rminus. rewrite Rpower_plus, Rpower_Ropp, Rpower_pow by exact H. reflexivity.
Qed.
Lemma exp_times u v n : u = INR n * v -> exp u = exp v ^ n.
Proof. intros ->. apply exp_mult_nat. Qed.
Lemma exp_ntimes u v n : u = - (INR n * v) -> exp u = / exp v ^ n.
Proof. intros ->. rewrite exp_Ropp, exp_mult_nat. reflexivity. Qed.

Ltac add_rels := repeat
  match goal with
  | |- context [sqrt ?u] =>
      lazymatch goal with H : sqrt u ^ 2 = _ |- _ => fail | _ =>
        let R := fresh "Rel" in assert (R : sqrt u ^ 2 = u) by (apply rel_sqrt; pos) end
  | |- context [cosh ?u] =>
      lazymatch goal with H : cosh u ^ 2 = _ |- _ => fail | _ =>
        let R := fresh "Rel" in assert (R := rel_cosh u) end
  | |- context [sin ?u] =>
      lazymatch goal with H : sin u ^ 2 = _ |- _ => fail | _ =>
        let R := fresh "Rel" in assert (R := rel_sin u) end
  | |- context [Rabs ?u] =>
      lazymatch goal with H : Rabs u ^ 2 = _ |- _ => fail | _ =>
        let R := fresh "Rel" in assert (R := rel_abs u) end
  end.
Ltac fld_rels :=
  match goal with
  | R1 : _ ^ 2 = _, R2 : _ ^ 2 = _, R3 : _ ^ 2 = _, R4 : _ ^ 2 = _ |- _ => field [R1 R2 R3 R4]; split_all; nz
  | R1 : _ ^ 2 = _, R2 : _ ^ 2 = _, R3 : _ ^ 2 = _ |- _ => field [R1 R2 R3]; split_all; nz
  | R1 : _ ^ 2 = _, R2 : _ ^ 2 = _ |- _ => field [R1 R2]; split_all; nz
  | R1 : _ ^ 2 = _ |- _ => field [R1]; split_all; nz
  end.
Ltac rw_rels := repeat match goal with
  | R : ?a ^ 2 = _ |- context [?a ^ 2] => rewrite R
  | R : ?a ^ 2 = _ |- context [?a ^ 3] => replace (a ^ 3) with (a * a ^ 2) by ring
  | R : ?a ^ 2 = _ |- context [?a ^ 4] => replace (a ^ 4) with (a ^ 2 * a ^ 2) by ring
  end.
Ltac fse := field_simplify_eq; [ rw_rels; fld | split_all; nz ].
Ltac abs_rw := repeat match goal with |- context [sign ?u] => rewrite (rel_sign u) by nz end.
Lemma unit_sq u : - 1 < u < 1 -> 0 < 1 - u ^ 2.
Proof. intros. nra. Qed.
Lemma gt1_sq u : 1 < u -> 0 < u ^ 2 - 1.
Proof. intros. nra. Qed.
Ltac add_facts := repeat
  match goal with
  | H : - 1 < ?u < 1 |- _ =>
      lazymatch goal with H' : 0 < 1 - u ^ 2 |- _ => fail | _ => assert (0 < 1 - u ^ 2) by (apply unit_sq; exact H) end
  | H : 1 < ?u |- _ =>
      lazymatch goal with H' : 0 < u ^ 2 - 1 |- _ => fail | _ => assert (0 < u ^ 2 - 1) by (apply gt1_sq; exact H) end
  end.
Lemma Rpower_half u p : 0 < u -> Rpower u (INR p / 2) = sqrt u ^ p.
Proof.
  intro H. rewrite <- Rpower_sqrt by exact H.
  rewrite <- Rpower_pow by apply exp_pos. rewrite Rpower_mult. f_equal. field.
Qed.
(* sqrt u ^ 2 inside arguments *)
Ltac sqrt_in := repeat match goal with |- context [sqrt ?u ^ 2] => rewrite (rel_sqrt u) by pos end.
Ltac sqrt_split := repeat match goal with
  | |- context [sqrt (?a * ?b)] => rewrite (sqrt_mult a b) by (apply Rlt_le; pos) end.
Ltac sqrt_join := repeat match goal with
  | |- context [sqrt ?a * sqrt ?b] => rewrite <- (sqrt_mult a b) by (apply Rlt_le; pos) end.
Ltac exp_rw := rewrite ?Rmult_plus_distr_r, ?exp_plus, ?exp_Ropp.
Ltac double_rw := rewrite ?sin_2a, ?cos_2a.
Ltac par_rw := repeat
  match goal with
  | |- context [cos ?u] => match goal with |- context [cos ?v] =>
      tryif constr_eq u v then fail else
      (replace (cos u) with (cos v) by (rewrite <- (cos_neg v); apply f_equal; first [ring | field; split_all; nz])) end
  | |- context [sin ?u] => match goal with |- context [sin ?v] =>
      tryif constr_eq u v then fail else
      (replace (sin u) with (- sin v) by (rewrite <- (sin_neg v); apply f_equal; first [ring | field; split_all; nz])) end
  end.
Ltac eqn :=
  cbv beta; unfold_fns; add_facts; abs_rw; numer; simpl pred; sqrt_in; first
  [ ring
  | unfold Rdiv, Rminus; ring
  | unify_all unify_one; try unify_all unify_hyp; first
    [ ring
    | fld
    | add_rels; first [fld_rels | fse]
    | exp_rw; first [fld | add_rels; first [fld_rels | fse]]
    | sqrt_split; first [fld | add_rels; first [fld_rels | fse]]
    | sqrt_join; unify_all unify_one; first [fld | add_rels; first [fld_rels | fse]]
    | par_rw; first [ring | fld | add_rels; first [fld_rels | fse]]
    | double_rw; first [fld | add_rels; first [fld_rels | fse]] ] ].
Ltac certify := unfold_fns; unfold Rpower; auto_derive; [ dom | eqn ].
