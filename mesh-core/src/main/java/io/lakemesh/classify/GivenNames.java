package io.lakemesh.classify;

import java.util.Set;

/** Given names that are common in Europe and North America, without those that are a common word or town first. */
final class GivenNames {
    static final Set<String> COMMON = Set.copyOf(ColumnWords.list(
            "adam adrian agnes agnieszka alan alba albert alejandro alessandro alessia alex alexander alice alicia amanda amelia"
                    + " amy ana anders andrea andreas andrew andrzej angela anita anja anke ann anna anne annika anouk anthony"
                    + " antoine antonio arjan arthur astrid barbara bart beata beatrice benjamin bernard birgit bjorn brian"
                    + " bruno camille carlos carmen carol caroline catherine charles charlotte chiara chloe christian"
                    + " christina christine christopher claire claudia colin cristina daniel daniela daria david deborah"
                    + " dennis diana diego dirk dominik donald dorothy edward elena elisabeth elizabeth ella emily emma eric"
                    + " erik ernst eva evelyn ewa fatima federica felix fernando fiona florian frances francesca francesco"
                    + " francisco frank franz fred frederik gabriel gabriele gareth gary george gerard giorgia giovanni"
                    + " giulia giuseppe grace graham grzegorz gunnar gustav hannah hans harry heather heike helen helena"
                    + " hendrik henri henry hugo ian ida ines ingrid irene isabel isabelle ivan jack jacob jakub james jan"
                    + " jane janet javier jean jennifer jeroen jessica joan joanna johan johanna john jonas jonathan jorge"
                    + " jose joseph josephine joyce juan judith julia julie jurgen justyna kamil karen karin karl katarzyna"
                    + " kate katherine kathleen katrin kees keith kevin klaas klaus krzysztof lars laura lauren lea lena leo"
                    + " leon leonardo lieke linda lisa lorenzo lotte louis louise luca lucas lucia lucy luis lukas maarten"
                    + " magdalena manuel marco marcus margaret maria marie marieke mario mark markus marta martin martina"
                    + " mary matteo matthew matthias max mehmet melissa mia michael michal michel michelle miguel mohamed"
                    + " mohammed monica monika muhammad nadia nancy natalia natalie nicholas nicola nicolas nina noah nora"
                    + " olaf oliver olivia omar oscar otto pablo pamela paola patricia patrick paul paula pauline pavel pedro"
                    + " peter petra philip philippe pierre pieter piotr rachel rafael raymond rebecca richard robert roberto"
                    + " roger ronald rosa ruth sabine samantha samuel sandra sanne sara sarah scott sebastian sergio sharon"
                    + " silvia simon simone sofia sofie sophia sophie stefan stephanie stephen steven susan susanne sven"
                    + " sylvia tanja teresa thomas tim tomasz ulrich ursula valentina vera victor wanda werner willem william"
                    + " wojciech wolfgang xavier yasmin yvonne zofia zoe"));

    private GivenNames() {}
}
