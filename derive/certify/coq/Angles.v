(* Functions of angles: shifts, sums, doubles, known values, functions of an inverse; and the hyperbolic ones. *)
From Coq Require Import Reals Psatz Lra.
From Coquelicot Require Import Coquelicot.
Require Import Certified.Support Certified.Tactics Certified.Functions Certified.Powers.
Open Scope R_scope.


Ltac shifts := lazymatch goal with |- context [PI] => idtac end; unfold tan, cot, sec, csc in *;
  rewrite ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus in *; rewrite ?cos_3PI2, ?sin_3PI2, ?sin_2PI, ?cos_2PI, ?sin_PI2,
  ?cos_PI2, ?sin_PI, ?cos_PI in *.
(* sin (2 (x + h)) beside the sines and cosines of 2 x and 2 h; values at 0 *)
Lemma sin_of_0 u : u = 0 -> sin u = 0. Proof. intros ->. apply sin_0. Qed.
Lemma cos_of_0 u : u = 0 -> cos u = 1. Proof. intros ->. apply cos_0. Qed.
Lemma exp_of_0 u : u = 0 -> exp u = 1. Proof. intros ->. apply exp_0. Qed.
Lemma power_of_0 b u : u = 0 -> Rpower b u = 1. Proof. intros ->. unfold Rpower. rewrite Rmult_0_l. apply exp_0. Qed.
Lemma ln_of_1 u : u = 1 -> ln u = 0. Proof. intros ->. apply ln_1. Qed.
Ltac same_value := first [ lra | ring | field; split_all; nz ].
Ltac zeros := repeat match goal with
  | |- context [sin ?u] => rewrite (sin_of_0 u) by same_value
  | |- context [cos ?u] => rewrite (cos_of_0 u) by same_value
  | |- context [exp ?u] => rewrite (exp_of_0 u) by same_value
  | |- context [Rpower ?b ?u] => rewrite (power_of_0 b u) by same_value
  | |- context [ln ?u] => rewrite (ln_of_1 u) by same_value
  end.
Lemma sin_sum w u d : w = u + d -> sin w = sin u * cos d + cos u * sin d. Proof. intros ->. apply sin_plus. Qed.
Lemma cos_sum w u d : w = u + d -> cos w = cos u * cos d - sin u * sin d. Proof. intros ->. apply cos_plus. Qed.
Lemma exp_sum w u d : w = u + d -> exp w = exp u * exp d. Proof. intros ->. apply exp_plus. Qed.
Ltac angle_sums := do 4 try match goal with
  | |- context [sin ?w] => match goal with |- context [sin ?u] => match goal with |- context [cos ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (sin_sum w u d) by first [ring | field; split_all; nz] end end
  | |- context [cos ?w] => match goal with |- context [cos ?u] => match goal with |- context [cos ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (cos_sum w u d) by first [ring | field; split_all; nz] end end
  end.
Ltac exponent_sums := do 4 try match goal with
  | |- context [exp ?w] => match goal with |- context [exp ?u] => match goal with |- context [exp ?d] =>
      tryif first [constr_eq w u | constr_eq w d] then fail else rewrite (exp_sum w u d) by first [ring | field; split_all; nz] end end
  end.
Lemma tan_difference w u d : cos w <> 0 -> cos u <> 0 -> d = w - u -> tan w - tan u = sin d / (cos w * cos u).
Proof. intros W U ->. unfold tan. rewrite sin_minus. field. now split. Qed.
Lemma cot_difference w u d : sin w <> 0 -> sin u <> 0 -> d = w - u -> cot w - cot u = - (sin d / (sin w * sin u)).
Proof. intros W U ->. unfold cot. rewrite sin_minus. field. now split. Qed.
Ltac tangents := match goal with
  | |- context [tan ?w - tan ?u] => match goal with |- context [sin ?d] =>
      rewrite (tan_difference w u d) by first [nz | ring] end
  | |- context [cot ?w - cot ?u] => match goal with |- context [sin ?d] =>
      rewrite (cot_difference w u d) by first [nz | ring] end
  end.
Lemma sin_double w u : w = 2 * u -> sin w = 2 * sin u * cos u. Proof. intros ->. apply sin_2a. Qed.
Lemma cos_double w u : w = 2 * u -> cos w = cos u * cos u - sin u * sin u. Proof. intros ->. apply cos_2a. Qed.
Ltac doubles := match goal with
  | |- context [sin ?w] => match goal with |- context [cos ?u] => rewrite (sin_double w u) by ring end
  | |- context [cos ?w] => match goal with
      | |- context [cos ?u] => rewrite (cos_double w u) by ring
      | |- context [sin ?u] => rewrite (cos_double w u) by ring end
  end.
(* sines of parts of a turn, and the angles that have them *)
Lemma asin_is a b : - (PI / 2) <= b <= PI / 2 -> sin b = a -> asin a = b.
Proof. intros H <-. now apply asin_sin. Qed.
Lemma acos_is a b : 0 <= b <= PI -> cos b = a -> acos a = b.
Proof. intros H <-. now apply acos_cos. Qed.
Lemma atan_is a b : - (PI / 2) < b < PI / 2 -> tan b = a -> atan a = b.
Proof. intros H <-. now apply atan_tan. Qed.
Ltac from_quadrant f r :=  (* f u = f (PI - r), for the first angle r that fits *)
  match goal with |- context [f ?u] => first
    [ replace (f u) with (f r) by (f_equal; field)
    | replace (f u) with (f (- r)) by (f_equal; field)
    | replace (f u) with (f (PI - r)) by (f_equal; field)
    | replace (f u) with (f (PI + r)) by (f_equal; field)
    | replace (f u) with (f (2 * PI - r)) by (f_equal; field) ]
  end.
Ltac quadrants f :=
  repeat progress first [ from_quadrant f 0 | from_quadrant f (PI / 6) | from_quadrant f (PI / 4) | from_quadrant f (PI / 3) | from_quadrant f (PI / 2) ].
Ltac angle_values :=
  rewrite ?sin_plus, ?cos_plus, ?sin_minus, ?cos_minus, ?sin_neg, ?cos_neg;
  rewrite ?sin_2PI, ?cos_2PI, ?sin_PI, ?cos_PI, ?sin_0, ?cos_0, ?sin_PI6, ?cos_PI6, ?sin_PI4, ?cos_PI4, ?sin_PI3,
    ?cos_PI3, ?sin_PI2, ?cos_PI2;
  add_rels; first [ lra | plain | by_relations ].
Ltac angle := assert (0 < PI) by apply PI_RGT_0; first [ lra | unfold tan; angle_values ].
Ltac inverse f lemma := match goal with |- context [f ?a] => first
  [ rewrite (lemma a 0) by angle | rewrite (lemma a (PI / 6)) by angle | rewrite (lemma a (PI / 4)) by angle
  | rewrite (lemma a (PI / 3)) by angle | rewrite (lemma a (PI / 2)) by angle | rewrite (lemma a PI) by angle
  | rewrite (lemma a (- (PI / 6))) by angle | rewrite (lemma a (- (PI / 4))) by angle
  | rewrite (lemma a (- (PI / 3))) by angle | rewrite (lemma a (- (PI / 2))) by angle
  | rewrite (lemma a (PI - PI / 3)) by angle | rewrite (lemma a (PI - PI / 4)) by angle
  | rewrite (lemma a (PI - PI / 6)) by angle ] end.
Ltac known_angles := repeat first [ inverse asin asin_is | inverse acos acos_is | inverse atan atan_is ];
  first [ plain | unfold tan, cot, sec, csc; quadrants sin; quadrants cos; angle_values ].
(* functions of an inverse: the sides of a triangle *)
Lemma sin_of_acos u : -1 < u < 1 -> sin (acos u) = sqrt (1 - u ^ 2).
Proof. intro H. rewrite sin_acos by lra. f_equal. unfold Rsqr. ring. Qed.
Lemma cos_of_asin u : -1 < u < 1 -> cos (asin u) = sqrt (1 - u ^ 2).
Proof. intro H. rewrite cos_asin by lra. f_equal. unfold Rsqr. ring. Qed.
Lemma sin_of_asin u : -1 < u < 1 -> sin (asin u) = u.
Proof. intro H. apply sin_asin. lra. Qed.
Lemma cos_of_acos u : -1 < u < 1 -> cos (acos u) = u.
Proof. intro H. apply cos_acos. lra. Qed.
Lemma cos_of_atan u : cos (atan u) = / sqrt (1 + u ^ 2).
Proof. rewrite cos_atan. unfold Rdiv. rewrite Rmult_1_l. do 2 f_equal. unfold Rsqr. ring. Qed.
Lemma sin_of_atan u : sin (atan u) = u / sqrt (1 + u ^ 2).
Proof. rewrite sin_atan. do 2 f_equal. unfold Rsqr. ring. Qed.
Lemma asin_as_atan u : -1 < u < 1 -> asin u = atan (u / sqrt (1 - u ^ 2)).
Proof. intro H. rewrite asin_atan by exact H. do 3 f_equal. unfold Rsqr. ring. Qed.
Lemma acos_as_atan u : -1 < u < 1 -> acos u = PI / 2 - atan (u / sqrt (1 - u ^ 2)).
Proof. intro H. rewrite acos_asin by lra. now rewrite asin_as_atan. Qed.
Lemma one_and_square u : 0 < 1 + u ^ 2. Proof. nra. Qed.
Lemma arccosh_parts u : 1 < u -> exp (arccosh u) = u + sqrt (u ^ 2 - 1).
Proof. intro H. unfold arccosh. apply exp_ln. assert (0 <= sqrt (u ^ 2 - 1)) by apply sqrt_pos. lra. Qed.
Lemma cosh_of_arccosh u : 1 < u -> cosh (arccosh u) = u.
Proof.
  intro H. assert (P := sqrt_pos (u ^ 2 - 1)). assert (S : sqrt (u ^ 2 - 1) ^ 2 = u ^ 2 - 1) by (rewrite pow2_sqrt; nra).
  unfold cosh. rewrite exp_Ropp, arccosh_parts by exact H. field_simplify_eq; [|lra]. nra.
Qed.
Lemma sinh_of_arccosh u : 1 < u -> sinh (arccosh u) = sqrt (u ^ 2 - 1).
Proof.
  intro H. assert (P := sqrt_pos (u ^ 2 - 1)). assert (S : sqrt (u ^ 2 - 1) ^ 2 = u ^ 2 - 1) by (rewrite pow2_sqrt; nra).
  unfold sinh. rewrite exp_Ropp, arccosh_parts by exact H. field_simplify_eq; [|lra]. nra.
Qed.
Lemma cosh_of_arcsinh u : cosh (arcsinh u) = sqrt (u ^ 2 + 1).
Proof.
  symmetry. apply sqrt_lem_1; [nra | apply Rlt_le, cosh_pos |].
  assert (E := rel_cosh (arcsinh u)). rewrite sinh_arcsinh in E. nra.
Qed.
Lemma arctanh_parts u : -1 < u < 1 -> exp (2 * arctanh u) = (1 + u) / (1 - u).
Proof.
  intro H. unfold arctanh. replace (2 * (/ 2 * ln ((1 + u) / (1 - u)))) with (ln ((1 + u) / (1 - u))) by field.
  apply exp_ln, Rdiv_lt_0_compat; lra.
Qed.
Lemma tanh_of_arctanh u : -1 < u < 1 -> tanh (arctanh u) = u.
Proof.
  intro H. assert (E := arctanh_parts u H). replace (2 * arctanh u) with (arctanh u + arctanh u) in E by ring.
  rewrite exp_plus in E. assert (P := exp_pos (arctanh u)). unfold tanh, sinh, cosh. rewrite exp_Ropp.
  set (r := exp (arctanh u)) in *. assert (Q : r * r * (1 - u) = 1 + u) by (rewrite E; field; lra).
  field_simplify_eq; [nra|]. split; nra.
Qed.
Ltac arcs := unfold tan, cot, sec, csc in *; repeat first
  [ rewrite sin_of_acos by by_hyp | rewrite cos_of_asin by by_hyp | rewrite sin_of_asin by by_hyp
  | rewrite cos_of_acos by by_hyp | rewrite cos_of_atan | rewrite sin_of_atan | rewrite sinh_arcsinh
  | rewrite cosh_of_arcsinh | rewrite cosh_of_arccosh by by_hyp | rewrite sinh_of_arccosh by by_hyp
  | rewrite tanh_of_arctanh by by_hyp ].
Ltac arc_values := progress arcs; add_facts; repeat match goal with
  | |- context [sqrt (1 + ?u ^ 2)] => known (0 < 1 + u ^ 2); assert (0 < 1 + u ^ 2) by apply one_and_square
  end; first [ plain | add_rels; by_relations ].
(* hyperbolic functions by exponentials *)
Ltac hyperbolic := lazymatch goal with
  | |- context [sinh _] => idtac | |- context [cosh _] => idtac | |- context [tanh _] => idtac
  | |- context [sech _] => idtac | |- context [csch _] => idtac | |- context [coth _] => idtac end.
Ltac by_neighbours := hyperbolic; unfold coth, csch, sech, tanh in *; first [ plain | add_rels; by_relations ].
Ltac whole_exponents := repeat match goal with |- context [exp (IZR ?z * ?u)] =>
  let n := eval vm_compute in (Z.to_nat z) in rewrite (exp_multiple (IZR z * u) u n) by (rewrite INR_IZR_INZ; reflexivity) end.
Ltac exponentials := unfold coth, csch, sech, tanh, sinh, cosh in *; rewrite ?exp_Ropp; repeat first
  [ rewrite exp_Ropp | rewrite exp_plus | rewrite exp_difference ]; whole_exponents.
Ltac by_exponentials := hyperbolic; exponentials; unify_all unify_one; plain.
