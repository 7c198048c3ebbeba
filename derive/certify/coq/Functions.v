(* The functions of the table that the library of Coq lacks, and the derivative of every one, as the table writes it. *)
From Coq Require Import Reals Psatz Lra ZArith Lia.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics.
Open Scope R_scope.

Definition csch (x : R) : R := / sinh x.
Definition coth (x : R) : R := cosh x / sinh x.
Definition acot (x : R) : R := PI / 2 - atan x.
Definition asec (x : R) : R := acos (/ x).
Definition acsc (x : R) : R := asin (/ x).
Definition arccoth (x : R) : R := / 2 * ln ((x + 1) / (x - 1)).
Definition arcsech (x : R) : R := ln ((1 + sqrt (1 - x ^ 2)) / x).
Definition arccsch (x : R) : R := arcsinh (/ x).
Definition heaviside (x : R) : R := (1 + sign x) / 2.
Definition relu (x : R) : R := (x + Rabs x) / 2.
Definition sinc (x : R) : R := sin x / x.
Definition logistic (x : R) : R := / (1 + exp (- x)).
Definition softplus (x : R) : R := ln (1 + exp x).
Definition erf (x : R) : R := 2 / sqrt PI * RInt (fun t => exp (- t ^ 2)) 0 x.
Definition erfc (x : R) : R := 1 - erf x.

Definition Rfloor (x : R) : R := IZR (Int_part x).
Definition Rceil (x : R) : R := - Rfloor (- x).
Definition Rfract (x : R) : R := x - Rfloor x.
Definition Rround (x : R) : R := Rfloor (x + 1 / 2).
(* pieces: x where a < b, and else y; x where a <> b, and else y *)
Definition below (a b x y : R) : R := if Rlt_dec a b then x else y.
Definition unlike (a b x y : R) : R := if Req_EM_T a b then y else x.

Lemma is_derive_cast (f : R -> R) (x a b : R) : is_derive f x a -> @eq R a b -> is_derive f x b.
Proof. now intros H <-. Qed.
Lemma sqr_neq_0 x : x <> 0 -> 0 < x ^ 2.
Proof. intro. nra. Qed.
Lemma sinh_neq_0 x : x <> 0 -> sinh x <> 0.
Proof.
  intros H E. apply H. rewrite <- sinh_0 in E.
  destruct (Rtotal_order x 0) as [L | [L | L]]; [|exact L|].
  - apply sinh_lt in L. lra.
  - apply sinh_lt in L. lra.
Qed.

Lemma der_sin x : is_derive sin x (cos x).
Proof. apply is_derive_sin. Qed.
Lemma der_cos x : is_derive cos x (- sin x).
Proof. apply is_derive_cos. Qed.
Lemma der_tan x : cos x <> 0 -> is_derive tan x (sec x ^ 2).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_tan'|]. unfold sec. field. exact H. Qed.
Lemma der_cot x : sin x <> 0 -> is_derive cot x (- csc x ^ 2).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_cot|]. unfold csc. field. exact H. Qed.
Lemma der_sec x : cos x <> 0 -> is_derive sec x (sec x * tan x).
Proof. apply is_derive_sec. Qed.
Lemma der_csc x : sin x <> 0 -> is_derive csc x (- (csc x * cot x)).
Proof. apply is_derive_csc. Qed.
Lemma der_asin x : -1 < x < 1 -> is_derive asin x (1 / sqrt (1 - x ^ 2)).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_asin|]. unfold Rdiv. ring. Qed.
Lemma der_acos x : -1 < x < 1 -> is_derive acos x (- (1 / sqrt (1 - x ^ 2))).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_acos|]. unfold Rdiv. ring. Qed.
Lemma der_atan x : is_derive atan x (1 / (1 + x ^ 2)).
Proof. auto_derive; [exact I|]. unfold Rsqr. field. nra. Qed.
Lemma der_acot x : is_derive acot x (- (1 / (1 + x ^ 2))).
Proof.
  unfold acot. eapply is_derive_cast.
  - apply (is_derive_minus (fun _ => PI / 2) atan); [apply (is_derive_const (PI / 2)) | apply der_atan].
  - unfold minus, plus, opp, zero; simpl. ring.
Qed.
Lemma der_inv x : x <> 0 -> is_derive Rinv x (- (1 / x ^ 2)).
Proof. intro H. auto_derive; auto. field. exact H. Qed.
Lemma outside x : 1 < Rabs x -> x <> 0 /\ -1 < / x < 1 /\ 0 < x ^ 2 - 1.
Proof.
  intro H. assert (N : x <> 0) by (intro E; subst; rewrite Rabs_R0 in H; lra).
  repeat split; [exact N| | |].
  - apply Rabs_def2 with (a := 1). rewrite Rabs_inv. rewrite <- Rinv_1. apply Rinv_lt_contravar; lra.
  - apply Rabs_def2 with (a := 1). rewrite Rabs_inv. rewrite <- Rinv_1. apply Rinv_lt_contravar; lra.
  - rewrite <- (pow2_abs x). nra.
Qed.
Lemma root_of_inverse x : 1 < Rabs x -> sqrt (1 - (/ x) ^ 2) = sqrt (x ^ 2 - 1) / Rabs x.
Proof.
  intro H. destruct (outside x H) as [N [_ P]].
  replace (1 - (/ x) ^ 2) with ((x ^ 2 - 1) / x ^ 2) by (field; exact N).
  rewrite sqrt_div_alt by nra. f_equal. rewrite <- (pow2_abs x). apply sqrt_pow2, Rabs_pos.
Qed.
Lemma der_asec x : 1 < Rabs x -> is_derive asec x (1 / (Rabs x * sqrt (x ^ 2 - 1))).
Proof.
  intro H. destruct (outside x H) as [N [I P]]. assert (Q := sqrt_lt_R0 _ P).
  unfold asec. eapply is_derive_cast.
  - apply (is_derive_comp acos Rinv); [apply is_derive_acos; exact I | apply der_inv; exact N].
  - unfold scal; simpl; unfold mult; simpl. change (/ x * (/ x * 1)) with ((/ x) ^ 2). rewrite root_of_inverse by exact H.
    assert (A := pow2_abs x). assert (A0 : 0 < Rabs x) by lra. change (x * (x * 1)) with (x ^ 2). rewrite <- A at 1.
    field. split; lra.
Qed.
Lemma der_acsc x : 1 < Rabs x -> is_derive acsc x (- (1 / (Rabs x * sqrt (x ^ 2 - 1)))).
Proof.
  intro H. destruct (outside x H) as [N [I P]]. assert (Q := sqrt_lt_R0 _ P).
  unfold acsc. eapply is_derive_cast.
  - apply (is_derive_comp asin Rinv); [apply is_derive_asin; exact I | apply der_inv; exact N].
  - unfold scal; simpl; unfold mult; simpl. change (/ x * (/ x * 1)) with ((/ x) ^ 2). rewrite root_of_inverse by exact H.
    assert (A := pow2_abs x). assert (A0 : 0 < Rabs x) by lra. change (x * (x * 1)) with (x ^ 2). rewrite <- A at 1.
    field. split; lra.
Qed.
Lemma der_sinh x : is_derive sinh x (cosh x).
Proof. apply is_derive_sinh. Qed.
Lemma der_cosh x : is_derive cosh x (sinh x).
Proof. apply is_derive_cosh. Qed.
Lemma der_tanh x : is_derive tanh x (sech x ^ 2).
Proof. eapply is_derive_cast; [apply is_derive_tanh|]. unfold sech. field. apply cosh_neq0. Qed.
Lemma der_coth x : x <> 0 -> is_derive coth x (- csch x ^ 2).
Proof.
  intro H. apply sinh_neq_0 in H. unfold coth, csch. auto_derive; [exact H|].
  assert (S := rel_cosh x). field_simplify_eq; [|exact H]. rewrite S. ring.
Qed.
Lemma der_sech x : is_derive sech x (- (sech x * tanh x)).
Proof. unfold sech, tanh. auto_derive; [apply cosh_neq0|]. field. apply cosh_neq0. Qed.
Lemma der_csch x : x <> 0 -> is_derive csch x (- (csch x * coth x)).
Proof. intro H. apply sinh_neq_0 in H. unfold csch, coth. auto_derive; [exact H|]. field. exact H. Qed.
Lemma der_arcsinh x : is_derive arcsinh x (1 / sqrt (x ^ 2 + 1)).
Proof. eapply is_derive_cast; [apply is_derive_arcsinh|]. unfold Rdiv. ring. Qed.
Lemma der_arccosh x : 1 < x -> is_derive arccosh x (1 / sqrt (x ^ 2 - 1)).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_arccosh|]. unfold Rdiv. ring. Qed.
Lemma der_arctanh x : -1 < x < 1 -> is_derive arctanh x (1 / (1 - x ^ 2)).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_arctanh|]. unfold Rdiv. ring. Qed.
Lemma der_arccoth x : 1 < Rabs x -> is_derive arccoth x (1 / (1 - x ^ 2)).
Proof.
  intro H. destruct (outside x H) as [_ [_ P]]. unfold arccoth.
  assert (A : x - 1 <> 0) by (intro; nra). assert (B : x + 1 <> 0) by (intro; nra). assert (N : 1 - x ^ 2 <> 0) by lra.
  assert (Q : 0 < (x + 1) / (x - 1)).
  { replace ((x + 1) / (x - 1)) with ((x ^ 2 - 1) / (x - 1) ^ 2) by (field; exact A).
    apply Rdiv_lt_0_compat; [exact P|nra]. }
  auto_derive; [split; [exact A | split; [exact Q | exact I]]|]. field. repeat split; auto.
Qed.
Lemma is_derive_sqrt_pos x : 0 < x -> is_derive sqrt x (/ (2 * sqrt x)).
Proof. intro H. auto_derive; [exact H|]. ring. Qed.
Lemma der_arcsech x : 0 < x < 1 -> is_derive arcsech x (- (1 / (x * sqrt (1 - x ^ 2)))).
Proof.
  intro H. assert (P : 0 < 1 - x ^ 2) by nra. assert (Q := sqrt_lt_R0 _ P). unfold arcsech.
  assert (K : is_derive (fun y => sqrt (1 - y ^ 2)) x (- x / sqrt (1 - x ^ 2))).
  { eapply is_derive_cast.
    - apply (is_derive_comp sqrt (fun y => 1 - y ^ 2) x (/ (2 * sqrt (1 - x ^ 2))) (- (2 * x))).
      + apply is_derive_sqrt_pos. exact P.
      + auto_derive; [exact I|]. rewrite ?INR_IZR_INZ. simpl. ring_simplify. ring.
    - unfold scal; simpl; unfold mult; simpl. change (x * (x * 1)) with (x ^ 2). field. lra. }
  assert (M : 0 < (1 + sqrt (1 - x ^ 2)) / x) by (apply Rdiv_lt_0_compat; lra).
  eapply is_derive_cast.
  - apply (is_derive_comp ln (fun y => (1 + sqrt (1 - y ^ 2)) / y)); [apply is_derive_ln; exact M|].
    apply (is_derive_div (fun y => 1 + sqrt (1 - y ^ 2)) (fun y => y)); [|apply is_derive_id|lra].
    apply (is_derive_plus (fun _ => 1) (fun y => sqrt (1 - y ^ 2))); [apply is_derive_const | exact K].
  - unfold scal, plus, zero, one; simpl; unfold mult; simpl. change (x * (x * 1)) with (x ^ 2). clear K M.
    assert (S : sqrt (1 - x ^ 2) ^ 2 = 1 - x ^ 2) by (rewrite pow2_sqrt; lra).
    set (r := sqrt (1 - x ^ 2)) in *. field_simplify_eq; [|repeat split; lra]. nra.
Qed.
Lemma der_arccsch x : x <> 0 -> is_derive arccsch x (- (1 / (Rabs x * sqrt (x ^ 2 + 1)))).
Proof.
  intro H. unfold arccsch. assert (P : 0 < x ^ 2 + 1) by nra. assert (Q := sqrt_lt_R0 _ P).
  assert (A0 := Rabs_pos_lt x H). assert (A := pow2_abs x).
  eapply is_derive_cast.
  - apply (is_derive_comp arcsinh Rinv); [apply is_derive_arcsinh | apply der_inv; exact H].
  - unfold scal; simpl; unfold mult; simpl. change (/ x * (/ x * 1)) with ((/ x) ^ 2).
    replace ((/ x) ^ 2 + 1) with ((x ^ 2 + 1) / x ^ 2) by (field; exact H).
    rewrite sqrt_div_alt by nra. replace (sqrt (x ^ 2)) with (Rabs x) by (rewrite <- A; symmetry; apply sqrt_pow2, Rabs_pos).
    change (x * (x * 1)) with (x ^ 2). rewrite <- A at 1. field. split; lra.
Qed.
Lemma der_exp x : is_derive exp x (exp x).
Proof. apply is_derive_exp. Qed.
Lemma der_ln x : 0 < x -> is_derive ln x (1 / x).
Proof. intro H. eapply is_derive_cast; [now apply is_derive_ln|]. unfold Rdiv. ring. Qed.
Lemma der_sqrt x : 0 < x -> is_derive sqrt x (1 / (2 * sqrt x)).
Proof. intro H. auto_derive; [exact H|]. field. apply Rgt_not_eq, sqrt_lt_R0, H. Qed.
Lemma der_Rabs x : x <> 0 -> is_derive Rabs x (x / Rabs x).
Proof. apply is_derive_abs. Qed.
Lemma der_sign x : x <> 0 -> is_derive sign x 0.
Proof.
  intro H. apply (is_derive_ext_loc (fun _ => sign x)); [|apply (is_derive_const (sign x))].
  exists (mkposreal _ (Rabs_pos_lt x H)). intros y B.
  unfold ball in B; simpl in B; unfold AbsRing_ball, abs, minus, plus, opp in B; simpl in B.
  destruct (Rlt_or_le 0 x) as [P|P].
  - rewrite (Rabs_pos_eq x) in B by lra. apply Rabs_def2 in B. rewrite !sign_eq_1 by lra. reflexivity.
  - rewrite (Rabs_left x) in B by lra. apply Rabs_def2 in B. rewrite !sign_eq_m1 by lra. reflexivity.
Qed.
Lemma der_heaviside x : x <> 0 -> is_derive heaviside x 0.
Proof.
  intro H. unfold heaviside. apply (is_derive_ext (fun y => / 2 + / 2 * sign y)).
  { intro t. change (/ 2 + / 2 * sign t = (1 + sign t) / 2). field. }
  eapply is_derive_cast.
  - apply (is_derive_plus (fun _ => / 2) (fun y => / 2 * sign y)).
    + apply (is_derive_const (/ 2)).
    + apply (is_derive_scal sign x (/ 2) 0). now apply der_sign.
  - unfold plus, zero; simpl. ring.
Qed.
Lemma der_relu x : x <> 0 -> is_derive relu x (below x 0 0 (below 0 x 1 0)).
Proof.
  intro H. unfold relu. auto_derive; [exact H|]. unfold below.
  destruct (Rlt_dec x 0); [rewrite sign_eq_m1 by assumption; field|].
  destruct (Rlt_dec 0 x); [rewrite sign_eq_1 by assumption; field | lra].
Qed.
Lemma der_sinc x : x <> 0 -> is_derive sinc x (unlike x 0 ((x * cos x - sin x) / x ^ 2) 0).
Proof.
  intro H. unfold sinc, unlike. destruct (Req_EM_T x 0); [contradiction|]. auto_derive; [exact H|]. field. exact H.
Qed.
Lemma floor_is k x : IZR k <= x < IZR k + 1 -> Rfloor x = IZR k.
Proof.
  intros [A B]. unfold Rfloor. destruct (base_Int_part x) as [C D]. f_equal.
  assert (E : IZR (Int_part x) < IZR (k + 1)) by (rewrite plus_IZR; lra).
  assert (F : IZR k < IZR (Int_part x + 1)) by (rewrite plus_IZR; lra). apply lt_IZR in E, F. lia.
Qed.
Lemma floor_below x : Rfloor x <= x < Rfloor x + 1.
Proof. unfold Rfloor. destruct (base_Int_part x). lra. Qed.
Lemma not_whole k x : IZR k < x < IZR k + 1 -> x <> Rfloor x.
Proof. intros H. rewrite (floor_is k) by lra. lra. Qed.
Lemma ceil_is k x : IZR k - 1 < x <= IZR k -> Rceil x = IZR k.
Proof. intro H. unfold Rceil. rewrite (floor_is (- k)) by (rewrite opp_IZR; lra). rewrite opp_IZR. ring. Qed.
Lemma not_whole_above k x : IZR k - 1 < x < IZR k -> x <> Rceil x.
Proof. intros H. rewrite (ceil_is k) by lra. lra. Qed.
Lemma der_Rfloor x : x <> Rfloor x -> is_derive Rfloor x 0.
Proof.
  intro H. destruct (floor_below x) as [A B].
  apply (is_derive_ext_loc (fun _ => Rfloor x)); [|apply (is_derive_const (Rfloor x))].
  assert (P : 0 < Rmin (x - Rfloor x) (Rfloor x + 1 - x)) by (apply Rmin_glb_lt; lra).
  exists (mkposreal _ P). intros y D.
  unfold ball in D; simpl in D; unfold AbsRing_ball, abs, minus, plus, opp in D; simpl in D. apply Rabs_def2 in D.
  assert (L := Rmin_l (x - Rfloor x) (Rfloor x + 1 - x)). assert (M := Rmin_r (x - Rfloor x) (Rfloor x + 1 - x)).
  change (Rfloor x) with (IZR (Int_part x)) in *. symmetry. apply floor_is. lra.
Qed.
Lemma der_Rceil x : x <> Rceil x -> is_derive Rceil x 0.
Proof.
  intro H. unfold Rceil. apply (is_derive_cast _ _ (- (- (1) * 0))); [|ring].
  apply (is_derive_opp (fun y => Rfloor (- y))). apply (is_derive_comp Rfloor Ropp).
  - apply der_Rfloor. unfold Rceil in H. lra.
  - apply (is_derive_opp (fun y => y) x 1), (is_derive_id x).
Qed.
Lemma der_Rfract x : x <> Rfloor x -> is_derive Rfract x 1.
Proof.
  intro H. unfold Rfract. apply (is_derive_cast _ _ (1 - 0)); [|ring].
  apply (is_derive_minus (fun y => y) Rfloor x 1 0); [apply (is_derive_id x) | now apply der_Rfloor].
Qed.
Lemma der_Rround x : x + 1 / 2 <> Rfloor (x + 1 / 2) -> is_derive Rround x 0.
Proof.
  intro H. unfold Rround. apply (is_derive_cast _ _ (1 * 0)); [|ring].
  apply (is_derive_comp Rfloor (fun y => y + 1 / 2)); [now apply der_Rfloor|].
  apply (is_derive_cast _ _ (1 + 0)); [|ring].
  apply (is_derive_plus (fun y => y) (fun _ => 1 / 2)); [apply (is_derive_id x) | apply (is_derive_const (1 / 2))].
Qed.
Lemma der_logistic x : is_derive logistic x (logistic x * (1 - logistic x)).
Proof. unfold logistic. assert (P := exp_pos (- x)). auto_derive; [lra|]. field. lra. Qed.
Lemma der_softplus x : is_derive softplus x (logistic x).
Proof.
  unfold softplus, logistic. assert (P := exp_pos x). auto_derive; [lra|]. rewrite exp_Ropp. field. lra.
Qed.
Lemma der_erf x : is_derive erf x (2 / sqrt PI * exp (- x ^ 2)).
Proof.
  unfold erf. apply (is_derive_scal (fun y => RInt (fun t => exp (- t ^ 2)) 0 y) x (2 / sqrt PI) (exp (- x ^ 2))).
  assert (C : forall t, continuous (fun t => exp (- t ^ 2)) t).
  { intro t. apply (ex_derive_continuous (fun t => exp (- t ^ 2))). auto_derive. auto. }
  apply (is_derive_RInt (fun t => exp (- t ^ 2)) _ 0); [|apply C].
  apply filter_forall. intro y. apply (RInt_correct (fun t => exp (- t ^ 2))), ex_RInt_continuous. intros; apply C.
Qed.
Lemma der_erfc x : is_derive erfc x (- (2 / sqrt PI * exp (- x ^ 2))).
Proof.
  unfold erfc. eapply is_derive_cast.
  - apply (is_derive_minus (fun _ => 1) erf); [apply (is_derive_const 1) | apply der_erf].
  - unfold minus, plus, opp, zero; simpl. ring.
Qed.
